import type { TableRef } from '../entities';
import type { Gap } from './gap';

/**
 * What Superset's state of an alert means. Superset's own `Success` is `fired`
 * for an alert and `sent` for a report; `Not triggered` is `healthy`;
 * `On Grace` is `not-evaluated`; `Working` beyond its time-out is `stuck`.
 *
 * @public
 */
export type AlertState =
  | 'fired'
  | 'sent'
  | 'healthy'
  | 'not-evaluated'
  | 'running'
  | 'stuck'
  | 'error'
  | 'never-run'
  | 'inactive';

/** One evaluation, from the execution log. @public */
export interface AlertRun {
  readonly id: string;
  readonly state: AlertState;
  /** ISO times. */
  readonly scheduledAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly value?: number;
  readonly errorMessage?: string;
}

/** @public */
export interface LakehouseAlert {
  readonly connection: string;
  readonly id: string;
  readonly name: string;
  readonly kind: 'alert' | 'report';
  readonly state: AlertState;
  /** Superset's own word. */
  readonly sourceState: string;
  /** In plain words: "fired 09:00, value 3 is below 5". */
  readonly summary: string;
  readonly active: boolean;
  readonly lastValue?: number;
  /** For example `< 5`. */
  readonly condition?: string;
  readonly lastEvaluatedAt?: string;
  /**
   * ISO time at which its schedule is due next, as of when it was asked for.
   * Absent of one that is switched off, and where it can't be told.
   */
  readonly nextRunAt?: string;
  /** Why it can't be told when one that is active is due next. */
  readonly nextRunUnknown?: string;
  readonly crontab?: string;
  readonly timezone?: string;
  readonly owners: readonly string[];
  readonly dashboardId?: string;
  readonly chartId?: string;
  readonly uiUrl?: string;
  /** Newest first, at most 50. Absent when the log may not be read. */
  readonly runs?: readonly AlertRun[];
}

/** @public */
export interface DashboardChart {
  readonly id: string;
  readonly name: string;
  readonly datasetId?: string;
  readonly datasetName?: string;
  /** Where it reads, as the database names it: catalog.schema.table. */
  readonly reads?: string;
  /** `unknown` when it may not or could not be asked. Never asked in a way that fills the cache. */
  readonly cache: 'cached' | 'not-cached' | 'unknown';
  /** ISO time at which the cached answer was made. */
  readonly cachedAt?: string;
  readonly cacheTimeoutSeconds?: number;
  /** When the table was last committed to, where it is one of our Trino tables. */
  readonly dataChangedAt?: string;
  /** The cached answer is older than the data. */
  readonly outdated?: boolean;
}

/** @public */
export interface LakehouseDashboard {
  readonly connection: string;
  readonly id: string;
  readonly uuid?: string;
  readonly slug?: string;
  readonly title: string;
  readonly published: boolean;
  readonly owners: readonly string[];
  readonly changedAt?: string;
  readonly observedAt: string;
  readonly uiUrl?: string;
  readonly charts: readonly DashboardChart[];
  readonly datasets: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly database: string;
    /** The Trino table behind it, where its database is one of our clusters. */
    readonly table?: TableRef;
    /** As the database names it. */
    readonly reads: string;
  }>;
}

/** @public */
export interface DashboardsView {
  readonly connection: string;
  readonly title: string;
  readonly version?: string;
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  /** The account may see only a part: why, in one sentence. */
  readonly partial?: string;
  /** Alerts and reports are switched off in this Superset. */
  readonly alertsOff?: boolean;
  /** Worst first. */
  readonly alerts: readonly LakehouseAlert[];
  readonly dashboards: readonly LakehouseDashboard[];
  readonly gaps: readonly Gap[];
}
