import type {
  MetricsAlert,
  MetricsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SystemConnection,
  SystemConnections,
} from '../shared/SystemConnection';

/** One value of a series. @public */
export interface MetricPoint {
  /** ISO time. */
  readonly at: string;
  /** Absent when it is not a finite number. */
  readonly value?: number;
  /** What it is then. */
  readonly special?: 'NaN' | '+Inf' | '-Inf';
}

/** @public */
export interface MetricSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Oldest first; times without a value are left out. One for an instant query. */
  readonly points: readonly MetricPoint[];
}

/** @public */
export interface MetricResult {
  /** Empty when nothing matches. */
  readonly series: readonly MetricSeries[];
  /** The server could not take all into account, as when a store was away. What there is may be wrong. */
  readonly partial: boolean;
  /** In the server's own words. */
  readonly warnings: readonly string[];
  /** Hints about the expression, in the server's own words. */
  readonly infos: readonly string[];
}

/** @public */
export interface MetricRange {
  /** ISO time. */
  readonly from: string;
  /** ISO time. */
  readonly to: string;
  /** Milliseconds between points; the smallest that keeps the bound on points unless told. */
  readonly stepMs?: number;
  readonly signal?: AbortSignal;
}

/** A scrape target. @public */
export type MetricsTarget = MetricsView['targets'][number];

/**
 * One Prometheus, or what speaks its API: Mimir, Thanos, VictoriaMetrics. Errors are
 * those of ../shared/errors; an expression that is refused is an InputError.
 *
 * @public
 */
export interface PrometheusConnection extends SystemConnection {
  readonly system: 'prometheus';

  /** The value of an expression at a time, now unless told. */
  query(
    expression: string,
    options?: { at?: string; signal?: AbortSignal },
  ): Promise<MetricResult>;

  /**
   * The values of an expression over a time.
   *
   * @throws ConnectionLimitError without asking when range and step make too many points
   */
  queryRange(expression: string, range: MetricRange): Promise<MetricResult>;

  /** Alerts that are pending or fire. */
  alerts(options?: { signal?: AbortSignal }): Promise<MetricsAlert[]>;

  /** Scrape targets, down first; undefined where the server has none, as Mimir and Thanos. */
  targets(options?: {
    signal?: AbortSignal;
  }): Promise<MetricsTarget[] | undefined>;
}

/** The Prometheus servers of the config. @public */
export type PrometheusConnections = SystemConnections<PrometheusConnection>;
