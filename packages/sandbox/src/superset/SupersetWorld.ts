import { SupersetAlerts } from './SupersetAlerts';
import { SupersetCache } from './SupersetCache';
import {
  DATABASES,
  type SandboxChart,
  type SandboxDashboard,
  type SandboxDataset,
  type SandboxUser,
  seedAlerts,
  seedCharts,
  seedDashboards,
  seedDatasets,
  USERS,
} from './supersetSeed';

const DEFAULT_KEEP_SECONDS = 86_400;

export interface SupersetWorldOptions {
  readonly now: () => number;
  /** Whether alerts and reports are switched on. */
  readonly alerts: boolean;
  /** Whether it has the call that runs an alert at once, which 6.1 has not. */
  readonly executes: boolean;
}

/** All that the sandbox's Superset knows. */
export class SupersetWorld {
  readonly databases = DATABASES;
  readonly datasets: SandboxDataset[];
  readonly charts: SandboxChart[];
  readonly dashboards: SandboxDashboard[];
  readonly users = USERS;
  readonly alerts: SupersetAlerts;
  readonly cache = SupersetCache.create();
  alertsOn: boolean;
  executes: boolean;
  /** Queries that were run for charts, by chart's column. */
  readonly ran: string[] = [];
  readonly #now: () => number;

  static create(options: SupersetWorldOptions): SupersetWorld {
    return new SupersetWorld(options);
  }

  private constructor(options: SupersetWorldOptions) {
    this.#now = options.now;
    const nowMs = options.now();
    this.datasets = seedDatasets(nowMs);
    this.charts = seedCharts(nowMs);
    this.dashboards = seedDashboards(nowMs);
    // A few minutes of history are there from the start.
    this.alerts = SupersetAlerts.create({
      alerts: seedAlerts(nowMs),
      nowMs: nowMs - 5 * 60_000,
    });
    this.alertsOn = options.alerts;
    this.executes = options.executes;
    this.alerts.advance(nowMs);
  }

  get nowMs(): number {
    return this.#now();
  }

  /** Runs what was due by now. */
  advance() {
    this.alerts.advance(this.nowMs);
  }

  mayRead(user: SandboxUser, datasetId: number): boolean {
    return user.datasetIds?.includes(datasetId) ?? true;
  }

  datasetsOf(user: SandboxUser): SandboxDataset[] {
    return this.datasets.filter(({ id }) => this.mayRead(user, id));
  }

  chartsOf(user: SandboxUser): SandboxChart[] {
    return this.charts.filter(chart => this.mayRead(user, chart.datasetId));
  }

  dashboardsOf(user: SandboxUser): SandboxDashboard[] {
    const readable = new Set(
      this.chartsOf(user).flatMap(chart => chart.dashboardIds),
    );
    return this.dashboards.filter(
      dashboard =>
        dashboard.ownerId === user.id ||
        (readable.has(dashboard.id) && dashboard.published),
    );
  }

  alertsOf(user: SandboxUser) {
    return user.rights.some(right => right.startsWith('all_datasource_access'))
      ? this.alerts.all
      : this.alerts.all.filter(alert => alert.ownerId === user.id);
  }

  /** The saved query of a chart, as Superset keeps it. */
  queryContext(chart: SandboxChart) {
    return {
      datasource: { id: chart.datasetId, type: 'table' },
      force: false,
      result_format: 'json',
      result_type: 'full',
      queries: [
        { columns: [chart.column], metrics: ['count'], row_limit: 100 },
      ],
    };
  }

  /** Answers a chart's query from the cache or by running it. */
  compute(options: {
    datasetId: number;
    queries: ReadonlyArray<{ columns?: readonly string[] }>;
    force: boolean;
    keepSeconds?: number;
  }) {
    const dataset = this.datasets.find(({ id }) => id === options.datasetId);
    if (!dataset) return undefined;
    const { nowMs } = this;
    const own = options.queries.map(query => {
      const column = query.columns?.at(0) ?? '';
      const key = this.cache.keyOf([dataset.id, query]);
      const cached = options.force ? undefined : this.cache.get(key, nowMs);
      if (cached) {
        return { key, cachedMs: cached.madeMs, error: undefined };
      }
      if (!dataset.columns.includes(column)) {
        return {
          key,
          cachedMs: undefined,
          error: `Columns missing in dataset: ['${column}']`,
        };
      }
      this.ran.push(column);
      this.cache.set(key, {
        datasetUid: `${dataset.id}__table`,
        nowMs,
        keepSeconds:
          options.keepSeconds ??
          dataset.cacheTimeoutSeconds ??
          DEFAULT_KEEP_SECONDS,
      });
      return { key, cachedMs: undefined, error: undefined };
    });
    return own;
  }
}
