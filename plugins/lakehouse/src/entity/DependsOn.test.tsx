import { screen, within } from '@testing-library/react';
import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  LakehouseApi,
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockCluster,
  mockConnection,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseCard } from './EntityLakehouseCard';

const DEPENDENCIES = [
  entityWith({ [TRINO_CLUSTER_ANNOTATION]: 'analytics' }, { name: 'cluster' }),
  entityWith(
    { [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales' },
    { name: 'table' },
  ),
  entityWith({ [CACHE_ANNOTATION]: 'sessions' }, { name: 'cache' }),
  entityWith({ [DASHBOARD_ANNOTATION]: 'bi/12' }, { name: 'dashboard' }),
  entityWith({ [WORKLOADS_ANNOTATION]: 'prod-k8s' }, { name: 'pods' }),
  entityWith({}, { name: 'unrelated' }),
];

function show(
  overrides: Partial<LakehouseApi> = {},
  dependsOn = DEPENDENCIES.map(({ metadata }) => metadata.name),
) {
  const api = mockLakehouse({
    connections: [mockConnection(), ...mockOtherConnections()],
    overrides,
  });
  renderLakehouse(<EntityLakehouseCard />, {
    api,
    entity: entityWith(
      { [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api' },
      {
        name: 'api',
        relations: dependsOn.map(name => ({
          type: 'dependsOn',
          targetRef: `resource:default/${name}`,
        })),
      },
    ),
    entities: DEPENDENCIES,
  });
  return api;
}

const row = async (name: string) => {
  const list = await screen.findByRole('list', { name: 'Depends on' });
  return within(list).getByText(name).closest('li');
};

describe('what a component depends on', () => {
  it('is shown with its health, from the relations of the catalog', async () => {
    show();
    expect(await row('table')).toHaveTextContent(/^Breached/);
    await screen.findByText(/10\.0\.1\.13:6379 is unreachable/);
    expect(await row('cache')).toHaveTextContent(/^Breached/);
    await screen.findByText('Dashboard Customers is up to date.');
    expect(await row('dashboard')).toHaveTextContent(/^Healthy/);
    await screen.findByText(/Workload trino-worker: 3 of 4/);
    expect(await row('pods')).toHaveTextContent(/^At risk/);
    expect(await row('cluster')).toHaveTextContent(/^Healthy/);
    expect(screen.queryByText('unrelated')).not.toBeInTheDocument();
  });

  it('is unknown, with the reason, where it may not be seen or is old', async () => {
    const error = await mockResponseError(
      403,
      'You need lakehouse.cache.read.',
    );
    const observedAt = new Date(Date.now() - 3_600_000).toISOString();
    show({
      getCache: async () => {
        throw error;
      },
      getCluster: async () => mockCluster({ observedAt, gaps: [] }),
    });
    await screen.findByText('You need lakehouse.cache.read.');
    expect(await row('cache')).toHaveTextContent(/^Unknown/);
    await screen.findByText(/Not observed now/);
    expect(await row('cluster')).toHaveTextContent(/^Unknown/);
  });

  it('is left out where it depends on nothing of a lakehouse', async () => {
    show({}, ['unrelated']);
    expect(await screen.findByText('Running now')).toBeVisible();
    expect(
      screen.queryByRole('list', { name: 'Depends on' }),
    ).not.toBeInTheDocument();
  });
});

describe('the card of an entity of another system', () => {
  it.each([
    ['cache', { [CACHE_ANNOTATION]: 'sessions' }, 'Stampedes, last hour'],
    ['dashboard', { [DASHBOARD_ANNOTATION]: 'bi/11' }, 'Outdated'],
    ['workloads', { [WORKLOADS_ANNOTATION]: 'prod-k8s' }, 'Pods wanted'],
  ])('sums up %s', async (_, annotations, fact) => {
    renderLakehouse(<EntityLakehouseCard />, {
      api: mockLakehouse({
        connections: [mockConnection(), ...mockOtherConnections()],
      }),
      entity: entityWith(annotations),
    });
    expect(await screen.findByText(fact)).toBeVisible();
    expect(screen.queryByText('Which cluster?')).not.toBeInTheDocument();
  });
});
