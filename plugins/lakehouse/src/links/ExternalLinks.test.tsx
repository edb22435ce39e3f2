import { screen, within } from '@testing-library/react';
import {
  CACHE_ANNOTATION,
  LakehouseApi,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockCache,
  mockCluster,
  mockConnection,
  mockOtherConnections,
  mockQueries,
  mockWorkloads,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from '../entity';

const links = [
  { title: 'Grafana', url: 'https://grafana.example/d/x?from=1&to=2' },
  { title: 'Runbook', url: 'https://wiki.example/x' },
];
const [query] = mockQueries(1);
const workloads = mockWorkloads();
const [workload] = workloads.workloads;

function show(
  annotations: Record<string, string>,
  overrides: Partial<LakehouseApi>,
  search?: string,
) {
  renderLakehouse(<EntityLakehouseContent />, {
    api: mockLakehouse({
      connections: [mockConnection(), ...mockOtherConnections()],
      queries: [query],
      overrides,
    }),
    entity: entityWith(annotations),
    search,
  });
}

const SHOWN = links.map(({ url }) => ({
  href: url,
  target: '_blank',
  rel: 'noopener',
}));

function linksIn(place: { getByRole: typeof screen.getByRole }) {
  return links.map(({ title }) => {
    const link = place.getByRole('link', {
      name: new RegExp(`^${title}.*Opens in a new window$`),
    });
    return {
      href: link.getAttribute('href'),
      target: link.getAttribute('target'),
      rel: link.getAttribute('rel'),
    };
  });
}

describe('ExternalLinks', () => {
  it('stand over a cluster', async () => {
    show(
      { [TRINO_CLUSTER_ANNOTATION]: 'analytics' },
      { getCluster: async () => ({ ...mockCluster(), links }) },
    );
    await screen.findByRole('link', { name: /^Grafana/ });
    expect(linksIn(screen)).toEqual(SHOWN);
  });

  it('stand over a cache', async () => {
    show(
      { [CACHE_ANNOTATION]: 'sessions' },
      { getCache: async () => ({ ...mockCache(), links }) },
    );
    await screen.findByRole('link', { name: /^Grafana/ });
    expect(linksIn(screen)).toEqual(SHOWN);
  });

  it('stand with a query, beside the one to Trino', async () => {
    show(
      { [TRINO_CLUSTER_ANNOTATION]: 'analytics' },
      { getQuery: async () => ({ ...query, links }) },
      `?view=queries&query=${query.queryId}`,
    );
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByRole('link', { name: /^Trino UI/ }),
    ).toHaveAttribute('href', expect.stringContaining(query.queryId));
    expect(linksIn(within(drawer))).toEqual(SHOWN);
  });

  it('stand with a workload', async () => {
    show(
      { [WORKLOADS_ANNOTATION]: 'prod-k8s/trino/app=trino' },
      {
        getWorkloads: async () => ({
          ...workloads,
          workloads: [{ ...workload, links }],
        }),
      },
      `?workload=${encodeURIComponent(
        `${workload.namespace}/${workload.kind}/${workload.name}`,
      )}`,
    );
    const drawer = await screen.findByRole('dialog');
    expect(linksIn(within(drawer))).toEqual(SHOWN);
  });

  it('are not there when the config has none', async () => {
    show({ [TRINO_CLUSTER_ANNOTATION]: 'analytics' }, {});
    expect(
      await screen.findByRole('table', { name: /Nodes/ }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: /new window/ }),
    ).not.toBeInTheDocument();
  });
});
