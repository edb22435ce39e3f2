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
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import lakehousePlugin, { lakehouseApiRef } from '../src';
import { EntityLakehouseCard, EntityLakehouseContent } from '../src/entity';
import {
  mockLakehouse,
  mockResponseError,
} from '../src/__testUtils__/mockLakehouse';
import { mockConnection, mockGap } from '../src/__testUtils__/mockData';

const entityWith = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, annotations },
});

const ENTITIES: Record<string, Entity> = {
  cluster: entityWith('analytics', { [TRINO_CLUSTER_ANNOTATION]: 'analytics' }),
  table: entityWith('daily-sales', {
    [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales',
  }),
  selector: entityWith('personal-api', {
    [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api',
  }),
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
    ]),
  ],
});

// `?mock=denied`, `down` or `empty` shows how that looks.
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
const everything = (call: () => Promise<never>) => ({
  getCluster: call,
  getQueries: call,
  getQueryStats: call,
  getTables: call,
  getTable: call,
});
const api = mockLakehouse({
  connections: [
    mockConnection(),
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
  overrides:
    (mode === 'denied' && everything(denied)) ||
    (mode === 'down' && everything(silent)) ||
    {},
});

// Buttons without a backend behind them: every third is refused.
const notHere = async (): Promise<never> => {
  throw new NotImplementedError('There are no runs in this harness.');
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
  getRunbooks: notHere,
  createPreview: notHere,
  startRun: notHere,
  getRuns: notHere,
  getRun: notHere,
  getRunEvents: notHere,
  cancelRun: notHere,
  getRunAudit: notHere,
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
      ],
    }),
  ],
});
