import { Gap, LakehouseApi } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockLakehouse,
  mockResponseError,
} from '../src/__testUtils__/mockLakehouse';
import {
  mockAccessDenials,
  mockCache,
  mockConnection,
  mockDashboards,
  mockGap,
  mockOtherConnections,
  mockWorkloads,
} from '../src/__testUtils__/mockData';
import { mode, silent } from './mode';

const denied = async () => {
  throw await mockResponseError(
    403,
    'You need lakehouse.query.read on cluster analytics; ask team-data-platform.',
  );
};
const everything = (call: () => Promise<never>): Partial<LakehouseApi> => ({
  getCluster: call,
  getQueries: call,
  getQueryStats: call,
  getTables: call,
  getTable: call,
  getCache: call,
  getDashboards: call,
  getDashboardsOfTable: call,
  getWorkloads: call,
  getGateway: call,
  getMetrics: call,
  getAccessDenials: call,
  getTimeline: call,
});
const emptied: Partial<LakehouseApi> = {
  getCache: async connection =>
    mockCache({
      connection,
      observedAt: undefined,
      latest: undefined,
      series: [],
      nodes: undefined,
      slowCommands: undefined,
      prefixes: [],
      stampedes: [],
      gaps: [],
    }),
  getDashboards: async connection =>
    mockDashboards({ connection, alerts: [], dashboards: [], alertsOff: true }),
  getWorkloads: async ({ connection }) =>
    mockWorkloads({ connection, workloads: [], series: [] }),
  getTimeline: async () => ({ items: [] }),
  getAccessDenials: async connection =>
    mockAccessDenials({ connection, groups: [], outages: [], total: 0 }),
};
const old = new Date(Date.now() - 7 * 60_000).toISOString();
const gapOf = (connection: string, subject: Gap['subject']) =>
  mockGap({
    connection,
    subject,
    until: undefined,
    since: old,
    code: 'timeout',
    reason: 'it does not answer (connect timeout)',
    remedy: 'look whether it runs, and whether it can be reached from here',
  });
const stale: Partial<LakehouseApi> = {
  getCache: async connection =>
    mockCache(
      { connection, observedAt: old, gaps: [gapOf(connection, 'cache')] },
      Date.parse(old),
    ),
  getDashboards: async connection =>
    mockDashboards({
      connection,
      observedAt: old,
      partial: 'the account is no admin and sees what it owns only.',
      gaps: [gapOf(connection, 'dashboards')],
    }),
  getWorkloads: async ({ connection }) =>
    mockWorkloads({
      connection,
      observedAt: old,
      gaps: [gapOf(connection, 'workloads')],
    }),
};
const OVERRIDES: Record<string, Partial<LakehouseApi>> = {
  denied: everything(denied),
  down: everything(silent),
  empty: emptied,
  stale,
};
export const api = mockLakehouse({
  connections: [
    mockConnection(),
    ...(mode === 'trino' ? [] : mockOtherConnections()),
    ...(mode === 'fleet'
      ? [
          mockConnection({
            id: 'adhoc',
            title: 'Ad-hoc cluster',
            status: 'down',
            message: 'It does not answer (connect timeout). Is it running?',
            gaps: [mockGap({ until: undefined, connection: 'adhoc' })],
          }),
        ]
      : []),
  ],
  ...(mode === 'empty' ? { queries: [], tables: [] } : {}),
  overrides: OVERRIDES[mode ?? ''] ?? {},
});
