import {
  formatTableRef,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapOfErrorOrClosed } from '../shared/gapOf';
import { ChartCacheLooks } from './ChartCacheLooks';
import { describeDashboards, tablesOf } from './describeDashboards';
import { readPartial } from './readPartial';
import type { SupersetCollectorsConfig } from './SupersetCollectorsConfig';
import { SupersetObjects } from './SupersetObjects';

const EVERY_MS = 60_000;
/** A round that comes so early was asked for: something was changed. */
const EARLY_SHARE = 0.7;
/** Tables whose last commit is looked up in what is known of them, at most. */
const MAX_TABLES = 500;

export interface SupersetDashboardsCollectorOptions {
  readonly connection: SupersetConnection;
  readonly store: Pick<ObservationStore, 'table'>;
  readonly config: SupersetCollectorsConfig;
  readonly now: () => number;
}

/**
 * Tells dashboards with their charts, the tables that these read, and whether their
 * answers are cached and older than the data.
 */
export class SupersetDashboardsCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'dashboards';
  readonly everyMs = EVERY_MS;
  readonly #objects: SupersetObjects;
  readonly #looks: ChartCacheLooks;
  #lastMs: number | undefined;

  static create(options: SupersetDashboardsCollectorOptions) {
    return new SupersetDashboardsCollector(options);
  }

  private constructor(
    private readonly options: SupersetDashboardsCollectorOptions,
  ) {
    this.connection = options.connection.id;
    this.id = `superset-dashboards:${this.connection}`;
    this.#objects = SupersetObjects.create({
      ...options,
      refreshAfterMs: options.config.refreshAfterMs,
    });
    this.#looks = ChartCacheLooks.create(options);
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const { connection, now } = this.options;
    const nowMs = now();
    const at = new Date(nowMs).toISOString();
    const anew =
      this.#lastMs !== undefined &&
      nowMs - this.#lastMs < EVERY_MS * EARLY_SHARE;
    const gap = (subject: 'dashboards' | 'charts.cache', error?: unknown) =>
      gapOfErrorOrClosed({ connection: this.connection, subject, at }, error);
    try {
      const objects = await this.#objects.read(signal);
      const partial = await readPartial(connection, [
        objects.dashboards,
        objects.charts,
        objects.datasets,
      ]);
      const published = new Set(
        objects.dashboards.items.flatMap(one => (one.published ? one.id : [])),
      );
      const lookError = await this.#looks.look({
        charts: objects.charts.items.filter(chart =>
          chart.dashboardIds.some(id => published.has(id)),
        ),
        anew,
        signal,
      });
      const committed = await this.#commits(
        tablesOf(objects, connection.databases).slice(0, MAX_TABLES),
      );
      if (signal.aborted) return;
      this.#lastMs = nowMs;
      yield [
        {
          type: 'DashboardsObserved',
          connection: this.connection,
          at,
          dashboards: describeDashboards({
            connection,
            objects,
            at,
            cacheOf: id => this.#looks.get(id),
            committedAt: table => committed.get(formatTableRef(table)),
          }),
          partial,
        },
        gap('dashboards'),
        gap('charts.cache', lookError),
      ];
    } catch (error) {
      if (signal.aborted) return;
      yield [gap('dashboards', error)];
    }
  }

  async #commits(
    tables: readonly TableRef[],
  ): Promise<ReadonlyMap<string, string>> {
    const commits = new Map<string, string>();
    for (const table of tables) {
      const known = await this.options.store.table(table);
      const committedAt = known?.snapshot?.committedAt;
      if (committedAt) commits.set(formatTableRef(table), committedAt);
    }
    return commits;
  }
}
