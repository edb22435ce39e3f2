import type { Observation } from '../observations/Observation';

/** Asks one system one kind of thing and tells what it saw. Never throws for what the system does: that is a GapOpened. */
export interface Collector {
  /** For logs and the scheduler: `trino-cluster:analytics`. */
  readonly id: string;
  readonly connection: string;
  /** Which signal to send when something was recorded. */
  readonly kind: 'queries' | 'cluster' | 'tables';
  collect(options: { signal: AbortSignal }): AsyncIterable<Observation[]>;
}
