import type { QueryErrorType } from '../../model';

/**
 * What the lakehouse itself can tell.
 *
 * Counted in events: `query-success`, `query-latency`, `queue-time`,
 * `cache-hit-ratio`. Looked at once a minute: all others.
 *
 * @public
 */
export type LakehouseIndicator =
  /** Share of queries that ended well. */
  | 'query-success'
  /** Wall time of queries that ended well, against a threshold. */
  | 'query-latency'
  /** Time that queries waited, against a threshold. */
  | 'queue-time'
  /** Age of the newest commit, or of the newest value of a column, of each table, against a threshold. */
  | 'table-freshness'
  /** Share of small data files of each table, against a threshold. */
  | 'small-file-share'
  /** Age of the statistics of each table, against a threshold. */
  | 'statistics-freshness'
  /** Share of reads that the cache answered. */
  | 'cache-hit-ratio'
  /** Minutes without a stampede. */
  | 'stampede-free'
  /** Share of alerts that are neither fired, failed nor stuck. */
  | 'alert-health'
  /** Share of charts of dashboards that show no old data. */
  | 'dashboard-health'
  /** Free share of the cluster's memory, against a threshold. */
  | 'memory-headroom'
  /** Workers that answer, of those expected; against a threshold. */
  | 'worker-availability';

/** Narrows what an indicator counts. Every field that is given must match; `*` stands for any text. @public */
export interface SliFilter {
  readonly user?: string;
  readonly source?: string;
  readonly clientTag?: string;
  /** Joined by dots, from the root: `global.etl`. */
  readonly resourceGroup?: string;
  readonly queryType?: string;
  /** `catalog.schema.table`. */
  readonly table?: string;
  /** Key prefix of a cache. */
  readonly prefix?: string;
  /** Id or name of an alert. */
  readonly alert?: string;
  /** Id, uuid or title of a dashboard. */
  readonly dashboard?: string;
}

/** Units of thresholds. @public */
export type SliUnit =
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'percent'
  | 'ratio'
  | 'count'
  | 'bytes';

/** An indicator of the lakehouse. @public */
export interface LakehouseSliSource {
  readonly type: 'lakehouse';
  readonly indicator: LakehouseIndicator;
  /** Connection id of the system that it is told of. */
  readonly connection: string;
  readonly filter: SliFilter;
  /** `query-success`: error types and names that count as bad; others, such as users' own mistakes, count not at all. */
  readonly badErrors?: ReadonlyArray<QueryErrorType | (string & {})>;
  /** `table-freshness`: column whose largest value tells the age; the newest commit unless told. */
  readonly column?: string;
  /** `worker-availability`: how many workers there should be. */
  readonly expectedWorkers?: number;
}

/**
 * PromQL over a Prometheus of the config.
 *
 * A query may hold `{{.window}}`, as Sloth's files do, in place of a range
 * such as `5m`: what it gives is then told for that range (an increase or a
 * rate over it), `counter` is false, and whoever asks Prometheus puts the
 * range in that it wants to know.
 *
 * @public
 */
export interface PrometheusSliSource {
  readonly type: 'prometheus';
  readonly connection: string;
  readonly query:
    | {
        readonly kind: 'ratio';
        readonly good: string;
        readonly total: string;
        readonly counter: boolean;
      }
    | {
        readonly kind: 'bad-ratio';
        readonly bad: string;
        readonly total: string;
        readonly counter: boolean;
      }
    | {
        readonly kind: 'raw';
        readonly raw: string;
        readonly rawType: 'success' | 'failure';
      }
    | { readonly kind: 'threshold'; readonly value: string };
}

/** Where an indicator's figures come from. @public */
export type SliSource = LakehouseSliSource | PrometheusSliSource;

/** A service level indicator. @public */
export interface Sli {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly source: SliSource;
}

/** @public */
export type ThresholdOperator = 'lte' | 'gte' | 'lt' | 'gt';

/** What makes a value good. @public */
export interface SliThreshold {
  readonly op: ThresholdOperator;
  readonly value: number;
  readonly unit: SliUnit;
}
