import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  LakehouseApi,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockConnection,
  mockGap,
  mockOtherConnections,
  mockWorkloads,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from '../entity';

function show(
  options: {
    annotations?: Record<string, string>;
    search?: string;
    overrides?: Partial<LakehouseApi>;
  } = {},
) {
  const api = mockLakehouse({
    connections: [mockConnection(), ...mockOtherConnections()],
    overrides: options.overrides,
  });
  const getWorkloads = jest.spyOn(api, 'getWorkloads');
  renderLakehouse(<EntityLakehouseContent />, {
    api,
    entity: entityWith(
      options.annotations ?? {
        [WORKLOADS_ANNOTATION]: 'prod-k8s/trino/app=trino',
      },
    ),
    search: options.search,
  });
  return { getWorkloads };
}

describe('the workloads of an entity', () => {
  it('shows replicas, rollouts, restarts and kills, worst first', async () => {
    const { getWorkloads } = show();
    const table = await screen.findByRole('table', { name: 'Workloads' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/At risktrino-worker/);
    expect(first).toHaveTextContent('3 of 4');
    expect(second).toHaveTextContent(/Healthytrino-coordinator/);
    expect(getWorkloads).toHaveBeenCalledWith(
      { connection: 'prod-k8s', namespace: 'trino', selector: 'app=trino' },
      expect.anything(),
      expect.anything(),
    );
    expect(
      screen.getByText(/Workload trino-worker: 3 of 4 pods ready/),
    ).toBeVisible();
  });

  it('offers to scale only where config allows it', async () => {
    show();
    expect(
      await screen.findByRole('button', { name: 'Scale (2–8)' }),
    ).toBeVisible();
    expect(screen.getAllByRole('button', { name: /^Scale/ })).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: 'Restart' })).toHaveLength(2);
  });

  it('opens a workload with its pods, events and history', async () => {
    show();
    await userEvent.click(await screen.findByText('trino-worker'));
    const drawer = await screen.findByRole('dialog', { name: 'trino-worker' });
    expect(
      within(drawer).getByRole('table', { name: 'Pods' }),
    ).toHaveTextContent('OOMKilled (137)');
    expect(
      within(drawer).getByRole('table', { name: 'Events' }),
    ).toHaveTextContent('Insufficient memory');
    expect(
      within(drawer).getByRole('figure', { name: 'Pods over time' }),
    ).toHaveAccessibleDescription('1 restart in this time.');
    expect(screen.getByTestId('location')).toHaveTextContent('workload=trino');
  });

  it('says why there are no events', async () => {
    const view = mockWorkloads();
    show({
      search: '?workload=trino%2FStatefulSet%2Ftrino-coordinator',
      overrides: {
        getWorkloads: async () => ({
          ...view,
          gaps: [
            mockGap({
              subject: 'workloads.events',
              until: undefined,
              reason: '403 on events',
            }),
          ],
        }),
      },
    });
    const drawer = await screen.findByRole('dialog');
    expect(
      within(drawer).getByText('not observed: 403 on events'),
    ).toBeVisible();
  });

  it('says what may be wrong when there are none', async () => {
    show({
      overrides: {
        getWorkloads: async () => mockWorkloads({ workloads: [], series: [] }),
      },
    });
    expect(
      await screen.findByText(/No workload matches the namespace/),
    ).toBeVisible();
  });
});

describe('a cluster that runs on Kubernetes', () => {
  const CLUSTER = { [TRINO_CLUSTER_ANNOTATION]: 'analytics' };

  it('has a view of its workloads without an annotation', async () => {
    const { getWorkloads } = show({
      annotations: CLUSTER,
      search: '?view=workloads',
    });
    expect(
      await screen.findByRole('table', { name: 'Workloads' }),
    ).toBeVisible();
    expect(getWorkloads).toHaveBeenCalledWith(
      { connection: 'prod-k8s' },
      expect.objectContaining({ of: 'analytics' }),
      expect.anything(),
    );
  });

  it('has none where nothing is told to run it', async () => {
    show({
      annotations: CLUSTER,
      overrides: { getWorkloads: async () => mockWorkloads({ workloads: [] }) },
    });
    expect(await screen.findByRole('figure', { name: 'Memory' })).toBeVisible();
    expect(
      screen.queryByRole('tab', { name: 'Workloads' }),
    ).not.toBeInTheDocument();
  });
});
