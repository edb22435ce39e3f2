import { Route, Routes } from 'react-router-dom';
import { screen } from '@testing-library/react';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { TRINO_CLUSTER_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef, sloApiRef } from './api';
import {
  EntityLakehouseCard,
  EntityLakehouseContent,
  EntitySloCard,
  EntitySloContent,
  isLakehouseAvailable,
  isSloAvailable,
  LakehousePage,
  lakehousePlugin,
} from './legacy';
import { mockLakehouse } from './__testUtils__/mockLakehouse';
import { entityWith } from './__testUtils__/renderLakehouse';
import { mockSloApi } from './slo/__testUtils__';

const entity = entityWith({ [TRINO_CLUSTER_ANNOTATION]: 'analytics' });

const show = (element: JSX.Element) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [lakehouseApiRef, mockLakehouse()],
        [sloApiRef, mockSloApi({ slos: [], files: [] })],
      ]}
    >
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );

describe('the plugin in an app on the old frontend system', () => {
  it('has a page', async () => {
    await show(
      <Routes>
        <Route path="/*" element={<LakehousePage />} />
      </Routes>,
    );
    expect(
      await screen.findByText(
        'What needs attention in all systems, worst first',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Clusters' }),
    ).toBeInTheDocument();
  });

  it('has a tab for entities', async () => {
    await show(<EntityLakehouseContent />);
    expect(
      await screen.findByRole('figure', { name: 'Memory' }),
    ).toBeInTheDocument();
  });

  it('has a card for entities', async () => {
    await show(<EntityLakehouseCard />);
    expect(await screen.findByText('Running now')).toBeInTheDocument();
  });

  it('has a tab and a card of SLOs for entities', async () => {
    await show(
      <>
        <EntitySloContent />
        <EntitySloCard />
      </>,
    );
    expect(
      await screen.findByText('No SLO file is named yet'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('No SLO yet: nothing is promised.'),
    ).toBeInTheDocument();
  });

  it('brings its clients, and tells for which entities it is', () => {
    expect([...lakehousePlugin.getApis()].map(({ api }) => api.id)).toEqual([
      lakehouseApiRef.id,
      sloApiRef.id,
    ]);
    expect(isLakehouseAvailable(entity)).toBe(true);
    expect(isLakehouseAvailable(entityWith({}))).toBe(false);
    expect(isSloAvailable(entity)).toBe(true);
    expect(isSloAvailable(entityWith({}))).toBe(false);
  });
});
