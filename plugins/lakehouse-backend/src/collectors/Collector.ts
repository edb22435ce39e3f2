import type { Observation } from '../observations/Observation';

/** What a collector collects: the kind of its signal, and its entry under `lakehouse.collectors` in config. */
export type CollectorKind =
  | 'queries'
  | 'cluster'
  | 'tables'
  | 'cache'
  | 'dashboards'
  | 'workloads'
  | 'gateway'
  | 'metrics';

/** Asks one system one kind of thing and tells what it saw. Never throws for what the system does: that is a GapOpened. */
export interface Collector {
  /** For logs and the scheduler: `trino-cluster:analytics`. */
  readonly id: string;
  readonly connection: string;
  /** Which signal to send when something was recorded. */
  readonly kind: CollectorKind;
  /** How often to collect, when it is not the usual cadence of its kind. */
  readonly everyMs?: number;
  /** `local`: on every replica, for it holds what that replica was asked. On one at a time unless told. */
  readonly scope?: 'global' | 'local';
  collect(options: { signal: AbortSignal }): AsyncIterable<Observation[]>;
}
