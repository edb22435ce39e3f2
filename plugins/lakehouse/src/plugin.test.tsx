import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { TRINO_CLUSTER_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef } from './api';
import lakehousePlugin from './index';
import { mockLakehouse } from './__testUtils__/mockLakehouse';
import { entityWith } from './__testUtils__/renderLakehouse';

describe('the plugin on the new frontend system', () => {
  it('has a page at /lakehouse', async () => {
    renderTestApp({
      features: [lakehousePlugin],
      apis: [[lakehouseApiRef, mockLakehouse()]],
      initialRouteEntries: ['/lakehouse'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect(
      await screen.findByRole('table', { name: 'Clusters' }),
    ).toBeInTheDocument();
  });

  it('has a tab for entities with an annotation, and for no other', () => {
    const tester = createExtensionTester(
      lakehousePlugin.getExtension('entity-content:lakehouse'),
    );
    expect(tester.get(coreExtensionData.routePath)).toBe('/lakehouse');
    expect(tester.get(EntityContentBlueprint.dataRefs.title)).toBe('Lakehouse');
    const filter = tester.get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(filter?.(entityWith({ [TRINO_CLUSTER_ANNOTATION]: 'a' }))).toBe(
      true,
    );
    expect(filter?.(entityWith({}))).toBe(false);
  });
});
