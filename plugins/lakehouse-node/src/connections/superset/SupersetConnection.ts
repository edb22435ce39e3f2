import type { SupersetDatabaseMapping } from './config';
import type { SystemConnection } from '../shared/SystemConnection';

/** @public */
export interface SupersetRequestOptions {
  readonly signal?: AbortSignal;
}

/** A whole list, or as much of it as may be kept. @public */
export interface SupersetList<T> {
  readonly items: readonly T[];
  /** How many there are, as Superset counts them for this account. */
  readonly total: number;
  /** Why some are missing, in one clause. */
  readonly incomplete?: string;
}

/** How many there are of a kind and which changed last: as long as it is the same, so is the list. @public */
export interface SupersetListMark {
  readonly total: number;
  /** Of the one that changed last: its id and time. */
  readonly newest?: string;
}

/** @public */
export interface SupersetDashboard {
  readonly id: string;
  readonly uuid?: string;
  readonly slug?: string;
  readonly title: string;
  readonly published: boolean;
  /** Names of owners; of editors where Superset has those instead. */
  readonly owners: readonly string[];
  /** ISO time. */
  readonly changedAt?: string;
  /** Path below the address of Superset. */
  readonly path?: string;
}

/** @public */
export interface SupersetChart {
  readonly id: string;
  readonly name: string;
  readonly datasetId?: string;
  readonly cacheTimeoutSeconds?: number;
  readonly changedAt?: string;
  readonly dashboardIds: readonly string[];
}

/** @public */
export interface SupersetDataset {
  readonly id: string;
  readonly name: string;
  readonly databaseId?: string;
  readonly database: string;
  /** Absent in versions that know no catalogs, and where the default is meant. */
  readonly catalog?: string;
  readonly schema?: string;
  readonly changedAt?: string;
  /** The statement of a virtual dataset. */
  readonly sql?: string;
}

/** @public */
export interface SupersetDatasetUse {
  readonly charts: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
  }>;
  readonly dashboards: ReadonlyArray<{
    readonly id: string;
    readonly title: string;
  }>;
}

/** An alert or report as the list tells it. @public */
export interface SupersetListedAlert {
  readonly id: string;
  readonly name: string;
  readonly type: 'alert' | 'report';
  readonly active: boolean;
  /** Superset's own word: `Success`, `Not triggered`, `On Grace`, `Working`, `Error`; absent before the first run. */
  readonly lastState?: string;
  readonly lastEvaluatedAt?: string;
  readonly changedAt?: string;
  readonly crontab?: string;
  readonly timezone?: string;
  readonly owners: readonly string[];
  readonly chartId?: string;
  readonly dashboardId?: string;
}

/** An alert or report with what only its own page tells. @public */
export interface SupersetAlert extends SupersetListedAlert {
  readonly lastValue?: number;
  /** How a value is judged: `{ op: '<', threshold: 5 }`. */
  readonly validator?: { readonly op: string; readonly threshold?: number };
  readonly workingTimeoutSeconds?: number;
  readonly gracePeriodSeconds?: number;
}

/** One row of the execution log. An execution has a row for each state it went through. @public */
export interface SupersetLogRow {
  readonly id: string;
  /** The same for all rows of one execution. */
  readonly executionId?: string;
  readonly state: string;
  readonly scheduledAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly value?: number;
  readonly errorMessage?: string;
}

/** Whether an answer to a chart's query is cached. @public */
export type SupersetChartCache =
  | {
      readonly state: 'cached';
      /** ISO time at which the oldest of its answers was made. */
      readonly cachedAt?: string;
      readonly cacheKeys: readonly string[];
    }
  | { readonly state: 'not-cached'; readonly cacheKeys: readonly string[] }
  /** Superset has no query of the chart, or its query fails. */
  | { readonly state: 'unknown'; readonly reason: string };

/** What came of warming one chart. @public */
export interface SupersetWarmUp {
  readonly ok: boolean;
  /** Superset's words when it failed. */
  readonly error?: string;
}

/**
 * One Superset. All calls share a circuit breaker, the account's token and its
 * session. Every error is one of connections/shared/errors, or a NotFoundError.
 *
 * @public
 */
export interface SupersetConnection extends SystemConnection {
  readonly system: 'superset';
  /** Which Trino clusters its databases are, as configured. */
  readonly databases: readonly SupersetDatabaseMapping[];

  /** How many dashboards, charts or datasets the account sees, and which changed last. */
  mark(
    kind: 'dashboards' | 'charts' | 'datasets',
    options?: SupersetRequestOptions,
  ): Promise<SupersetListMark>;
  dashboards(
    options?: SupersetRequestOptions,
  ): Promise<SupersetList<SupersetDashboard>>;
  charts(
    options?: SupersetRequestOptions & { readonly dashboardId?: string },
  ): Promise<SupersetList<SupersetChart>>;
  datasets(
    options?: SupersetRequestOptions,
  ): Promise<SupersetList<SupersetDataset>>;
  /** @throws NotFoundError when the account sees no such dashboard */
  dashboard(
    idOrUuid: string,
    options?: SupersetRequestOptions,
  ): Promise<SupersetDashboard>;
  /** @throws NotFoundError when the account sees no such dataset */
  dataset(
    id: string,
    options?: SupersetRequestOptions,
  ): Promise<SupersetDataset>;
  /** Which charts and dashboards are made of a dataset. */
  datasetUse(
    id: string,
    options?: SupersetRequestOptions,
  ): Promise<SupersetDatasetUse>;

  /** All that the account sees; `off` when this Superset has alerts and reports switched off. */
  alerts(
    options?: SupersetRequestOptions,
  ): Promise<SupersetList<SupersetListedAlert> & { readonly off?: boolean }>;
  /** @throws NotFoundError when the account sees no such alert */
  alert(id: string, options?: SupersetRequestOptions): Promise<SupersetAlert>;
  /** Newest first, at most 100. */
  alertLog(
    id: string,
    options?: SupersetRequestOptions & { readonly limit?: number },
  ): Promise<SupersetLogRow[]>;

  /**
   * Whether the chart's own query, without a dashboard's filters, would be answered
   * from the cache. Superset can only be asked by asking for the data: when it is not
   * cached, its query runs, and its answer is kept for one second. Its key is listed for
   * longer, and Superset 6.1 stops an invalidation of the dataset at a listed key that is gone.
   */
  chartCache(
    chartId: string,
    options?: SupersetRequestOptions,
  ): Promise<SupersetChartCache>;

  /**
   * Has the chart's own query run, and its answer put in place of what is cached for one
   * second: after that nothing is. It reaches the cached answer also where
   * {@link SupersetConnection.invalidateDataset} does not.
   */
  replaceChart(
    chartId: string,
    options?: SupersetRequestOptions,
  ): Promise<SupersetChartCache>;
  /** Asks Superset to forget all cached answers of a dataset. That it accepts says nothing of what it removed. */
  invalidateDataset(
    datasetId: string,
    options?: SupersetRequestOptions,
  ): Promise<void>;
  /** Computes a chart anew and caches it, with the filters of a dashboard where one is named. */
  warmChart(
    chartId: string,
    options?: SupersetRequestOptions & { readonly dashboardId?: string },
  ): Promise<SupersetWarmUp>;
  /** Queues a run of an alert or report now; for versions that can. Gives the id of the execution where told. */
  executeAlert(
    id: string,
    options?: SupersetRequestOptions,
  ): Promise<{ readonly executionId?: string }>;
  /** Changes when an alert or report is run. */
  setAlertSchedule(
    id: string,
    crontab: string,
    options?: SupersetRequestOptions,
  ): Promise<void>;
}
