import { screen } from '@testing-library/react';
import {
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockCluster, mockConnection } from '../__testUtils__/mockData';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseCard } from './EntityLakehouseCard';

const show = (annotations: Record<string, string>, api = mockLakehouse()) =>
  renderLakehouse(<EntityLakehouseCard />, {
    api,
    entity: entityWith(annotations),
  });

describe('EntityLakehouseCard', () => {
  it('sums up a cluster and leads to its tab', async () => {
    show({ [TRINO_CLUSTER_ANNOTATION]: 'analytics' });
    expect(
      await screen.findByText(/2 of 4 tables need maintenance\./),
    ).toBeVisible();
    expect(screen.getByText('Running now')).toBeVisible();
    expect(screen.getByText('Details').closest('a')).toHaveAttribute(
      'href',
      '/catalog/default/resource/thing/lakehouse',
    );
  });

  it('does not call old figures healthy', async () => {
    const observedAt = new Date(Date.now() - 3_660_000).toISOString();
    show(
      { [TRINO_CLUSTER_ANNOTATION]: 'analytics' },
      mockLakehouse({
        overrides: { getCluster: async () => mockCluster({ observedAt }) },
      }),
    );
    expect(await screen.findByText('Unknown')).toBeVisible();
    expect(screen.getByText(/as of .*\(1 h ago\)/)).toBeVisible();
  });

  it('sums up a table', async () => {
    show({ [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales' });
    expect(await screen.findByText('Breached')).toBeVisible();
    expect(
      screen.getByText('1,085 of 1,114 files are under 128 MiB.'),
    ).toBeVisible();
  });

  it('sums up the queries of a component', async () => {
    show({ [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api' });
    expect(await screen.findByText(/queries of this component/i)).toBeVisible();
    expect(screen.getByText('95 % took at most')).toBeVisible();
  });

  it('says what one may not see', async () => {
    const denied = await mockResponseError(
      403,
      'You need lakehouse.table.read.',
    );
    show(
      { [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales' },
      mockLakehouse({ overrides: { getTable: () => Promise.reject(denied) } }),
    );
    expect(
      await screen.findByText('You need lakehouse.table.read.'),
    ).toBeVisible();
  });

  it('says that it can not tell which cluster', async () => {
    show(
      { [QUERY_SELECTOR_ANNOTATION]: 'user=svc' },
      mockLakehouse({
        connections: [mockConnection(), mockConnection({ id: 'adhoc' })],
      }),
    );
    expect(await screen.findByText('Which cluster?')).toBeVisible();
  });
});
