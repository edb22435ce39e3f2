import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  LakehouseApi,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockAccessDenials,
  mockBackend,
  mockConnection,
  mockGateway,
  mockMetrics,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from '../entity';
import { backendRun } from '../gateway';

const CLUSTER = { [TRINO_CLUSTER_ANNOTATION]: 'analytics' };

function show(overrides: Partial<LakehouseApi> = {}, others = true) {
  renderLakehouse(<EntityLakehouseContent />, {
    api: mockLakehouse({
      connections: [
        mockConnection(),
        ...(others ? mockOtherConnections() : []),
      ],
      overrides,
    }),
    entity: entityWith(CLUSTER),
  });
}

describe('what stands round a cluster', () => {
  it('shows the gateway before it, with health apart from new queries', async () => {
    show();
    const backends = await screen.findByRole('table', {
      name: 'Backends of Trino Gateway',
    });
    const row = within(backends).getByText('bi-green').closest('tr');
    expect(row).toHaveTextContent('Unhealthy');
    expect(row).toHaveTextContent('do not go there');
    expect(
      await within(backends).findByRole('button', { name: 'Drain' }),
    ).toBeVisible();
    expect(
      within(backends).getByRole('button', { name: 'Bring back' }),
    ).toBeVisible();
    expect(
      within(
        screen.getByRole('table', { name: 'Diverted queries' }),
      ).getAllByRole('row'),
    ).toHaveLength(2);
  });

  it('shows no gateway that has another cluster behind it', async () => {
    show({
      getGateway: async () =>
        mockGateway({ backends: [mockBackend({ trino: 'adhoc' })] }),
    });
    expect(
      await screen.findByRole('table', { name: 'Access denied' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('table', { name: /Backends of/ }),
    ).not.toBeInTheDocument();
  });

  it('shows Prometheus alerts of this cluster only', async () => {
    show();
    const alerts = await screen.findByRole('table', {
      name: 'Prometheus alerts',
    });
    expect(alerts).toHaveTextContent('TrinoMemoryPressure');
    expect(alerts).not.toHaveTextContent('DiskFull');
  });

  it('says so when no alert fires, and is silent without Prometheus', async () => {
    show({ getMetrics: async () => mockMetrics({ alerts: [] }) });
    expect(
      await screen.findByText('None fires for this cluster.'),
    ).toBeVisible();
  });

  it('tells what was denied from access control that failed itself', async () => {
    show();
    const denied = await screen.findByRole('table', { name: 'Access denied' });
    expect(within(denied).getByText('lake.gold.salaries')).toBeVisible();
    expect(denied).not.toHaveTextContent('OPA');
    expect(screen.getByText(/nobody could decide/)).toHaveTextContent(
      '37 queries failed',
    );
    await userEvent.click(within(denied).getByText('lake.gold.salaries'));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?query=20261121_103100_00031_abcde&view=queries',
    );
  });

  it('says so when nothing was denied', async () => {
    show({
      getAccessDenials: async () =>
        mockAccessDenials({ groups: [], outages: [], total: 0 }),
    });
    expect(
      await screen.findByText('No query was denied in this time.'),
    ).toBeVisible();
  });

  it('shows nothing of systems that there are not', async () => {
    show({}, false);
    expect(
      await screen.findByRole('table', { name: 'Access denied' }),
    ).toBeVisible();
    expect(screen.queryByText('Prometheus alerts')).not.toBeInTheDocument();
    expect(screen.queryByText('Trino Gateway')).not.toBeInTheDocument();
  });
});

describe('backendRun', () => {
  it('is what fits the state of a backend', () => {
    expect(backendRun('gateway', mockBackend())).toMatchObject({
      runbookId: 'gateway:deactivate-backend',
      target: { system: 'trino-gateway', kind: 'backend' },
      parameters: { connection: 'gateway', backend: 'analytics-blue' },
    });
    expect(
      backendRun('gateway', mockBackend({ active: false })).runbookId,
    ).toBe('gateway:activate-backend');
  });
});
