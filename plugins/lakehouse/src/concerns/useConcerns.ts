import type {
  ConnectionView,
  LakehouseApi,
  LakehouseRequestOptions,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { toError } from '@backstage/errors';
import { describeError, useLakehouse } from '../api';
import { formatClock } from '../components/format';
import { Observed, stalenessOf } from '../components/states';
import { compareHealth } from '../components/status';
import { LAST_HOUR, resolveTimeRange } from '../url';
import { cacheConcerns } from './cacheConcerns';
import type { Concern } from './Concern';
import { dashboardConcerns } from './dashboardConcerns';
import {
  clusterConcerns,
  connectionConcerns,
  gatewayConcerns,
  metricsConcerns,
  tableConcerns,
} from './trinoConcerns';
import { workloadConcerns } from './workloadConcerns';

/** More connections of one system than this are not looked into. */
const MAX_CONNECTIONS = 10;
/** The worst tables; the list of tables has the others. */
const MAX_TABLES = 10;
/** What needs attention, and what could not be looked at. */
export interface Concerns {
  /** Worst first, the newest first among equals. */
  readonly items: readonly Concern[];
  readonly unseen: ReadonlyArray<{ connection: string; reason: string }>;
}

type Look = (
  api: LakehouseApi,
  connection: string,
  options: LakehouseRequestOptions,
) => Promise<{ view: Observed; concerns: Concern[] }>;

const seen = <V extends Observed>(
  view: V,
  concernsOf: (of: V) => Concern[],
) => ({ view, concerns: concernsOf(view) });

const LOOKS: Record<LakehouseSystem, Look> = {
  trino: async (api, connection, options) =>
    seen(
      await api.getCluster(connection, resolveTimeRange(LAST_HOUR), options),
      clusterConcerns,
    ),
  redis: async (api, connection, options) =>
    seen(
      await api.getCache(connection, resolveTimeRange(LAST_HOUR), options),
      cacheConcerns,
    ),
  superset: async (api, connection, options) =>
    seen(await api.getDashboards(connection, options), dashboardConcerns),
  kubernetes: async (api, connection, options) =>
    seen(
      await api.getWorkloads(
        { connection },
        resolveTimeRange(LAST_HOUR),
        options,
      ),
      workloadConcerns,
    ),
  prometheus: async (api, connection, options) =>
    seen(await api.getMetrics(connection, options), metricsConcerns),
  'trino-gateway': async (api, connection, options) =>
    seen(
      await api.getGateway(connection, resolveTimeRange(LAST_HOUR), options),
      gatewayConcerns,
    ),
};

/** What needs attention in all systems, kept up to date. */
export function useConcerns(connections: readonly ConnectionView[]) {
  const systems = [...new Set(connections.map(({ system }) => system))];
  const asked = systems.flatMap(system =>
    connections.filter(one => one.system === system).slice(0, MAX_CONNECTIONS),
  );
  return useLakehouse<Concerns>({
    key: `concerns ${asked
      .map(({ id, status }) => `${id}=${status}`)
      .join(' ')}`,
    // Signals of all kinds would have it load without a pause.
    kinds: ['connection'],
    load: (api, options) => lookAtAll(api, asked, options),
  });
}

/** Looks at each connection once; those that fail are told, and hide no others. */
export async function lookAtAll(
  api: LakehouseApi,
  connections: readonly ConnectionView[],
  options: LakehouseRequestOptions,
): Promise<Concerns> {
  // One that is down says so itself; its last figures are no news.
  const up = connections.filter(({ status }) => status !== 'down');
  const looks = up.map(({ id, system }) => LOOKS[system](api, id, options));
  const [answers, tables] = await Promise.all([
    Promise.allSettled(looks),
    Promise.allSettled([
      api.getTables(
        { sort: 'score', order: 'asc', limit: MAX_TABLES },
        options,
      ),
    ]),
  ]);
  const unseen = [
    ...answers.map((answer, index) => ({ answer, of: up[index].id })),
    ...tables.map(answer => ({ answer, of: 'tables' })),
  ].flatMap(({ answer, of }) => {
    if (answer.status === 'rejected') {
      const reason = describeError(toError(answer.reason)).message;
      return [{ connection: of, reason }];
    }
    const stale =
      'view' in answer.value && stalenessOf(answer.value.view, new Date());
    return stale
      ? [
          {
            connection: of,
            reason: `Last observed ${formatClock(stale.asOf)}: ${
              stale.reason
            }.`,
          },
        ]
      : [];
  });
  const items = [
    ...connections.flatMap(connectionConcerns),
    ...answers.flatMap(answer =>
      answer.status === 'fulfilled' &&
      !stalenessOf(answer.value.view, new Date())
        ? answer.value.concerns
        : [],
    ),
    ...tables.flatMap(answer =>
      answer.status === 'fulfilled'
        ? answer.value.items.flatMap(tableConcerns)
        : [],
    ),
  ];
  items.sort(
    (a, b) =>
      compareHealth(a.status, b.status) ||
      (b.since ?? '').localeCompare(a.since ?? ''),
  );
  return { items, unseen };
}
