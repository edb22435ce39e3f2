import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  SLO_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef, sloApiRef } from './api';
import lakehousePlugin from './index';
import { mockLakehouse } from './__testUtils__/mockLakehouse';
import { entityWith } from './__testUtils__/renderLakehouse';
import { mockSloApi } from './slo/__testUtils__';

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

  it('has a page of all SLOs below it, from which the other parts are reached', async () => {
    renderTestApp({
      features: [lakehousePlugin],
      apis: [
        [lakehouseApiRef, mockLakehouse()],
        [sloApiRef, mockSloApi()],
      ],
      initialRouteEntries: ['/lakehouse/slos'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect(
      await screen.findByRole('table', { name: 'SLOs' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('1 of 7 SLOs is breached, 2 alerts fire.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Clusters' }));
    expect(
      await screen.findByRole('table', { name: 'Clusters' }),
    ).toBeInTheDocument();
  });

  it('has an SLO tab for entities that have SLOs or could have some', () => {
    const tester = createExtensionTester(
      lakehousePlugin.getExtension('entity-content:lakehouse/slos'),
    );
    expect(tester.get(coreExtensionData.routePath)).toBe('/slos');
    expect(tester.get(EntityContentBlueprint.dataRefs.title)).toBe('SLOs');
    const filter = tester.get(EntityContentBlueprint.dataRefs.filterFunction);
    const dependsOn = (targetRef: string) =>
      entityWith({}, { relations: [{ type: 'dependsOn', targetRef }] });
    expect(filter?.(entityWith({ [SLO_ANNOTATION]: './slos.yaml' }))).toBe(
      true,
    );
    expect(filter?.(entityWith({ [TRINO_CLUSTER_ANNOTATION]: 'a' }))).toBe(
      true,
    );
    expect(filter?.(dependsOn('resource:default/lake'))).toBe(true);
    expect(filter?.(dependsOn('component:default/other'))).toBe(false);
    expect(filter?.(entityWith({}))).toBe(false);
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
