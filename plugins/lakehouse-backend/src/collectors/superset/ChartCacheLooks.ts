import type {
  SupersetChart,
  SupersetChartCache,
  SupersetConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { mapConcurrently } from '../trino/tables/mapConcurrently';
import type { SupersetCollectorsConfig } from './SupersetCollectorsConfig';

const CONCURRENCY = 2;
/** After so long a round asks about no further chart. */
const TIME_BUDGET_MS = 30_000;

export interface ChartCacheLooksOptions {
  readonly connection: SupersetConnection;
  readonly config: Pick<
    SupersetCollectorsConfig,
    'chartCache' | 'chartCacheSample' | 'chartCacheRecheckMs'
  >;
  readonly now: () => number;
}

/** Superset keeps an answer that it had to make for us for a second: it would be taken for a cached one. */
const OWN_ANSWER_MS = 2000;

interface Look {
  readonly askedMs: number;
  readonly found: SupersetChartCache;
}

/**
 * What is known of the cache of charts. Asking about a chart that is not cached runs its
 * query: such a one is left alone for a while, and only so many are asked at a round,
 * those that were not asked for the longest time first.
 */
export class ChartCacheLooks {
  readonly #looks = new Map<string, Look>();

  static create(options: ChartCacheLooksOptions) {
    return new ChartCacheLooks(options);
  }

  private constructor(private readonly options: ChartCacheLooksOptions) {}

  get(chartId: string): SupersetChartCache | undefined {
    return this.#looks.get(chartId)?.found;
  }

  /**
   * Asks about those that are due.
   *
   * @param options - `anew`: something was changed, so that what was not cached may be now
   * @returns the error for which it gave up, if any
   */
  async look(options: {
    charts: readonly SupersetChart[];
    anew: boolean;
    signal: AbortSignal;
  }): Promise<unknown> {
    const { charts, anew, signal } = options;
    const ids = new Set(charts.map(({ id }) => id));
    for (const id of this.#looks.keys()) {
      if (!ids.has(id)) this.#looks.delete(id);
    }
    const untilMs = this.options.now() + TIME_BUDGET_MS;
    let failed: unknown;
    const asked = mapConcurrently(this.#due(charts, anew), {
      concurrency: CONCURRENCY,
      stop: () =>
        signal.aborted || failed !== undefined || this.options.now() > untilMs,
      run: async ({ id }) => {
        try {
          const found = await this.options.connection.chartCache(id, {
            signal,
          });
          return { id, found };
        } catch (error) {
          return { id, error };
        }
      },
    });
    for await (const { id, found, error } of asked) {
      if (found) {
        this.#looks.set(id, { askedMs: this.options.now(), found });
      }
      if (error !== undefined && !isNotFound(error)) failed ??= error;
    }
    return failed;
  }

  #due(charts: readonly SupersetChart[], anew: boolean): SupersetChart[] {
    const { config, now } = this.options;
    if (config.chartCache === 'off') return [];
    const askedMs = ({ id }: SupersetChart) =>
      this.#looks.get(id)?.askedMs ?? 0;
    return charts
      .filter(chart => {
        const known = this.#looks.get(chart.id);
        if (!known || known.found.state === 'cached') return true;
        const ageMs = now() - known.askedMs;
        return (
          ageMs >= config.chartCacheRecheckMs || (anew && ageMs > OWN_ANSWER_MS)
        );
      })
      .sort((a, b) => askedMs(a) - askedMs(b))
      .slice(
        0,
        config.chartCache === 'all' ? undefined : config.chartCacheSample,
      );
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundError';
}
