import { Entity } from '@backstage/catalog-model';
import { Content } from '@backstage/core-components';
import { NotImplementedError } from '@backstage/errors';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  Gap,
  LakehouseApi,
  QUERY_SELECTOR_ANNOTATION,
  SLO_ANNOTATION,
  SloApi,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  runbookPickersApiRef,
  RunbookPickers,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { lakehousePickers } from '../src/pickers';
import lakehousePlugin, { lakehouseApiRef, sloApiRef } from '../src';
import { EntityLakehouseCard, EntityLakehouseContent } from '../src/entity';
import { EntitySloCard, EntitySloContent } from '../src/slo';
import {
  mockBrokenFile,
  mockManySlos,
  mockSloApi,
  mockSlos,
} from '../src/slo/__testUtils__';
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

const entityWith = (
  name: string,
  annotations: Record<string, string>,
  dependsOn: string[] = [],
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, namespace: 'default', annotations },
  spec: { owner: 'group:default/team-data-platform' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-data-platform' },
    ...dependsOn.map(target => ({
      type: 'dependsOn',
      targetRef: `resource:default/${target}`,
    })),
  ],
});

const ENTITIES: Record<string, Entity> = {
  cluster: entityWith('analytics', { [TRINO_CLUSTER_ANNOTATION]: 'analytics' }),
  table: entityWith('daily-sales', {
    [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales',
  }),
  selector: entityWith(
    'personal-api',
    {
      [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api',
      [SLO_ANNOTATION]: './slos.yaml',
    },
    ['analytics', 'daily-sales', 'api-cache', 'sales-dashboard', 'trino-pods'],
  ),
  cache: entityWith('sessions-cache', { [CACHE_ANNOTATION]: 'sessions' }),
  prefix: entityWith('api-cache', {
    [CACHE_ANNOTATION]: 'sessions/personal-api:',
  }),
  dashboard: entityWith('sales-dashboard', { [DASHBOARD_ANNOTATION]: 'bi/11' }),
  workloads: entityWith('trino-pods', { [WORKLOADS_ANNOTATION]: 'prod-k8s' }),
  nowhere: entityWith('nowhere', { [TRINO_CLUSTER_ANNOTATION]: 'nowhere' }),
  broken: entityWith('broken', { [TABLE_ANNOTATION]: 'orders' }),
};

const entityPage = createFrontendPlugin({
  pluginId: 'dev-entities',
  extensions: [
    PageBlueprint.make({
      name: 'catalog',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <Content>Entity</Content>,
      },
    }),
    ...Object.entries(ENTITIES).flatMap(([name, entity]) => [
      PageBlueprint.make({
        name: `tab-${name}`,
        params: {
          path: `/tab/${name}`,
          title: `Tab of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <EntityLakehouseContent />
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `card-${name}`,
        params: {
          path: `/card/${name}`,
          title: `Card of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <div style={{ width: 480 }}>
                  <EntityLakehouseCard />
                </div>
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `slos-${name}`,
        params: {
          path: `/slos/${name}`,
          title: `SLOs of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <EntitySloContent />
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `slo-card-${name}`,
        params: {
          path: `/slo-card/${name}`,
          title: `SLO card of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <div style={{ width: 480 }}>
                  <EntitySloCard />
                </div>
              </Content>
            </EntityProvider>
          ),
        },
      }),
    ]),
  ],
});

// `?mock=denied`, `down`, `stale`, `empty`, `trino` (nothing else), `fleet` (another cluster, down), `loading` (SLOs), `broken` (a file of SLOs) or `many` (SLOs) shows how that looks.
const mode = new URLSearchParams(window.location.search).get('mock');
const denied = async () => {
  throw await mockResponseError(
    403,
    'You need lakehouse.query.read on cluster analytics; ask team-data-platform.',
  );
};
const silent = async () => {
  throw new TypeError('Failed to fetch');
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
const api = mockLakehouse({
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

const never = () => new Promise<never>(() => {});
const everySlo = (call: () => Promise<never>): Partial<SloApi> => ({
  getSlos: call,
  getEntitySlos: call,
  getSlo: call,
});
const SLO_OVERRIDES: Record<string, Partial<SloApi>> = {
  denied: everySlo(async () => {
    throw await mockResponseError(
      403,
      'You need lakehouse.slo.read on cluster analytics; ask team-data-platform.',
    );
  }),
  down: everySlo(silent),
  loading: everySlo(never),
};
const sloApi = mockSloApi({
  // The mock's SLOs belong to a component; the harness has a resource in its place.
  slos: (mode === 'many' ? mockManySlos(1_000) : mockSlos()).map(slo => ({
    ...slo,
    entityRef: 'resource:default/personal-api',
  })),
  ...(mode === 'empty' ? { slos: [], files: [] } : {}),
  ...(mode === 'broken'
    ? {
        files: [
          { ...mockBrokenFile(), entityRef: 'resource:default/personal-api' },
        ],
        hidden: 2,
      }
    : {}),
  overrides: SLO_OVERRIDES[mode ?? ''] ?? {},
});

// Buttons without a backend behind them: every third is refused.
const notHere = async (): Promise<never> => {
  throw new NotImplementedError('There are no runs in this harness.');
};
type RunbookSuggestion = Awaited<
  ReturnType<(typeof runbooksApiRef.T)['getSuggestions']>
>['items'][number];
const stampedeSuggestion: RunbookSuggestion = {
  runbook: {
    id: 'cache-stampede',
    kind: 'runbook',
    title: 'Cache stampede',
    description: 'Spreads the expiry of the keys, and flushes what is stale.',
    verb: 'Stop the stampede',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    parametersSchema: {
      type: 'object',
      required: ['connection', 'prefix', 'table'],
      properties: {
        connection: { type: 'string', 'x-picker': 'redis-connection' },
        prefix: { type: 'string', 'x-picker': 'key-prefix' },
        cluster: { type: 'string', 'x-picker': 'trino-cluster' },
        table: { type: 'string', 'x-picker': 'table' },
      },
    },
    approval: {
      groups: ['group:default/team-data-platform'],
      count: 1,
      expiresAfterMs: 1_800_000,
    },
  },
  reason: 'It is for SLOs like this one that fire.',
  parameters: { connection: 'sessions' },
  statistics: {
    windowDays: 90,
    runs: 12,
    helped: 9,
    failed: 0,
    lastRunAt: new Date(Date.now() - 7_200_000).toISOString(),
  },
};
const runbooksApi: typeof runbooksApiRef.T = {
  getAllowances: async asks => ({
    items: asks.map((_, index) =>
      index % 3 === 2
        ? {
            allowed: false,
            reason: 'You need runbooks.run.execute on cluster analytics.',
            remedy: 'Ask team-data-platform.',
          }
        : { allowed: true },
    ),
  }),
  getRunbooks: async () => ({ items: [stampedeSuggestion.runbook] }),
  createPreview: notHere,
  startRun: notHere,
  getRuns: notHere,
  getRun: notHere,
  getRunEvents: notHere,
  cancelRun: notHere,
  getRunAudit: notHere,
  getRunbook: notHere,
  getRunbookProblems: notHere,
  getSuggestions: async ({ slo, condition }) => ({
    items: slo || condition ? [stampedeSuggestion] : [],
  }),
  getWaitingApprovals: notHere,
  decideApproval: notHere,
  answerStep: notHere,
  decideOutcome: notHere,
  continueRun: notHere,
  getPauses: async () => ({ items: [] }),
  pause: notHere,
  endPause: notHere,
};

createDevApp({
  features: [
    lakehousePlugin,
    createFrontendModule({
      pluginId: 'lakehouse',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: lakehouseApiRef,
              deps: {},
              factory: () => api,
            }),
        }),
        ApiBlueprint.make({
          name: 'slos',
          params: defineParams =>
            defineParams({
              api: sloApiRef,
              deps: {},
              factory: () => sloApi,
            }),
        }),
      ],
    }),
    entityPage,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'runbooks',
          params: defineParams =>
            defineParams({
              api: runbooksApiRef,
              deps: {},
              factory: () => runbooksApi,
            }),
        }),
        ApiBlueprint.make({
          name: 'pickers',
          params: defineParams =>
            defineParams({
              api: runbookPickersApiRef,
              deps: {},
              factory: () =>
                RunbookPickers.create({ pickers: lakehousePickers }),
            }),
        }),
        ApiBlueprint.make({
          name: 'catalog',
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                catalogApiMock({ entities: Object.values(ENTITIES) }),
            }),
        }),
      ],
    }),
  ],
});
