/**
 * Why something could not be observed.
 *
 * @public
 */
export type GapCode =
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'bad-response'
  | 'server-error'
  | 'limit'
  | 'storage';

/**
 * What could not be observed: a part of a system, or one table.
 *
 * @public
 */
export type GapSubject =
  | 'queries'
  | 'query-events'
  | 'cluster.memory'
  | 'cluster.nodes'
  | 'cluster.queries'
  | 'cluster.resource-groups'
  | 'tables'
  | 'cache'
  | 'cache.latency'
  | 'cache.slowlog'
  | 'cache.config'
  | 'cache.keyspace'
  | 'cache.telemetry'
  | 'dashboards'
  | 'alerts'
  | 'alerts.log'
  | 'charts.cache'
  | 'workloads'
  | 'workloads.events'
  | 'workloads.pods'
  | 'gateway'
  | 'gateway.routes'
  | 'metrics'
  | 'metrics.alerts'
  | 'metrics.targets'
  | `node:${string}`
  | `namespace:${string}`
  | `table:${string}`;

/**
 * Something that could not be observed, since when, why, and what to do. It
 * stands wherever a number would have stood.
 *
 * @public
 */
export interface Gap {
  readonly connection: string;
  readonly subject: GapSubject;
  /** ISO time at which the first observation was missed. */
  readonly since: string;
  /** ISO time of the first observation after it; absent while it lasts. */
  readonly until?: string;
  readonly code: GapCode;
  /** What happened, in one clause: "403 on /metrics". */
  readonly reason: string;
  /** What to do next, in one clause: "grant system_information read to monitor". */
  readonly remedy: string;
}
