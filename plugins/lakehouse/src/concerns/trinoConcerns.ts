import {
  ClusterView,
  ConnectionView,
  formatTableRef,
  GatewayView,
  MetricsView,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatNumberOf } from '../components/format';
import { backendRun } from '../gateway';
import { connectionHealth, connectionReason } from '../systems';
import {
  compactLabel,
  suggestedTableAction,
  tableReason,
  tableRunParameters,
  tableRunTarget,
} from '../tables';
import type { Concern } from './Concern';

/** A connection that does not answer, or only in part. */
export function connectionConcerns(connection: ConnectionView): Concern[] {
  const status = connectionHealth(connection);
  if (status !== 'breached' && status !== 'at-risk') return [];
  const { id, system, title } = connection;
  return [
    {
      id: `connection ${id}`,
      status,
      system,
      connection: id,
      name: title,
      text: connectionReason(connection),
      since: connection.gaps.find(({ until }) => until === undefined)?.since,
      subject:
        (system === 'trino' && { kind: 'cluster', connection: id }) ||
        (system === 'redis' && { kind: 'cache', connection: id }) ||
        undefined,
      ...(connection.status === 'down'
        ? {
            suggestFor: {
              condition: { system, name: 'connection-lost' },
              system,
              connection: id,
            },
          }
        : {}),
    },
  ];
}

/** A cluster whose nodes are away or out of memory. */
export function clusterConcerns(view: ClusterView): Concern[] {
  const { connection } = view;
  const shared = {
    system: 'trino' as const,
    connection,
    name: view.title,
    subject: { kind: 'cluster' as const, connection },
    show: { tab: 'clusters' as const, open: { cluster: connection } },
  };
  const inactive = view.latest?.nodes?.inactive ?? 0;
  const blocked = view.latest?.memory?.blockedNodes ?? 0;
  return [
    ...(inactive > 0
      ? [
          {
            ...shared,
            id: `${connection} nodes`,
            status: 'breached' as const,
            text: `${formatNumberOf(inactive, 'node')} inactive`,
          },
        ]
      : []),
    ...(blocked > 0
      ? [
          {
            ...shared,
            id: `${connection} memory`,
            status: 'at-risk' as const,
            text: `${formatNumberOf(
              blocked,
              'node',
            )} blocked for lack of memory`,
          },
        ]
      : []),
  ];
}

/** A table that needs maintenance. */
export function tableConcerns(health: TableHealth): Concern[] {
  if (health.status !== 'breached' && health.status !== 'at-risk') return [];
  const { ref } = health;
  const action = suggestedTableAction(health);
  return [
    {
      id: `table ${formatTableRef(ref)}`,
      status: health.status,
      system: 'trino',
      connection: ref.connection,
      name: `${ref.schema}.${ref.table}`,
      text: tableReason(health),
      subject: { kind: 'table', ref },
      action: action && {
        runbookId: action,
        target: tableRunTarget(ref),
        parameters: tableRunParameters(ref),
        label:
          action === 'trino:optimize-table'
            ? compactLabel(health)
            : 'Refresh statistics',
      },
      show: { tab: 'tables', open: { open: formatTableRef(ref) } },
    },
  ];
}

/** Backends that get queries and do not answer, and those that were left out. */
export function gatewayConcerns(view: GatewayView): Concern[] {
  const { connection } = view;
  return view.backends.flatMap(backend => {
    const bad = backend.health === 'unhealthy';
    if (!bad && backend.active) return [];
    const run = backendRun(connection, backend);
    return [
      {
        id: `${connection} backend ${backend.name}`,
        status:
          bad && backend.active ? ('breached' as const) : ('at-risk' as const),
        system: 'trino-gateway' as const,
        connection,
        name: backend.name,
        text: bad
          ? `does not answer${
              backend.active ? ', and new queries are still sent there' : ''
            }`
          : 'is drained: no new query is sent there',
        subject: backend.trino
          ? { kind: 'cluster' as const, connection: backend.trino }
          : undefined,
        // Neither draining what is drained nor bringing back what is down helps.
        action: bad === backend.active ? run : undefined,
        show: backend.trino
          ? { tab: 'clusters' as const, open: { cluster: backend.trino } }
          : undefined,
      },
    ];
  });
}

/** Alerts of Prometheus that fire, and that it can't scrape all that it should. */
export function metricsConcerns(view: MetricsView): Concern[] {
  const { connection } = view;
  const shared = {
    system: 'prometheus' as const,
    connection,
    show: { tab: 'clusters' as const, open: { on: connection } },
  };
  const [down, ...others] = view.targets.filter(
    ({ health }) => health === 'down',
  );
  return [
    ...view.alerts
      .filter(({ state }) => state === 'firing')
      .map(alert => ({
        ...shared,
        id: `${connection} ${alert.name} ${JSON.stringify(alert.labels)}`,
        status:
          alert.severity === 'critical'
            ? ('breached' as const)
            : ('at-risk' as const),
        name: alert.name,
        text: alert.summary ?? 'fires',
        since: alert.activeAt,
        subject: alert.of
          ? { kind: 'cluster' as const, connection: alert.of }
          : undefined,
      })),
    // One for all: those of one job tend to go down together.
    ...(down
      ? [
          {
            ...shared,
            id: `${connection} targets`,
            status: 'at-risk' as const,
            name: view.title,
            text:
              others.length > 0
                ? `can't scrape ${formatNumberOf(others.length + 1, 'target')}`
                : `can't scrape ${down.job} on ${down.instance}`,
          },
        ]
      : []),
  ];
}
