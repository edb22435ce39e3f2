import type { PrometheusConnections } from '@lakehouse-ops/plugin-lakehouse-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { CountedSeries } from '../series/CountedSeries';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import { ceilTo, floorTo, MINUTE_MS } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';
import { byTime, groupsOf, inTurn } from './groups';
import { hasHistory } from './hasHistory';
import type { Look, LookResult, LookStore, LookTime } from './Look';
import { lookAtCaches } from './lookAtCaches';
import { lookAtCluster } from './lookAtCluster';
import { lookAtAlerts, lookAtDashboards } from './lookAtDashboards';
import { lookAtPrometheus } from './lookAtPrometheus';
import { lookAtTables } from './lookAtTables';
import { replaceMinutes, type Replacement } from './replaceMinutes';

/** Minutes that each look replaces, so that what comes late corrects them. */
const NEWEST_MS = 10 * MINUTE_MS;
/** Minutes without a look that are taken to be as they are now. */
const MISSED_MS = 3 * MINUTE_MS;
/** Questions to Prometheus that are open at the same time. */
const PARALLEL = 4;
/** Time that all questions to Prometheus have in one look. */
const ASK_MS = 40_000;
/** Series that are written in one transaction. */
const WRITTEN_AT_ONCE = 100;

/** Looks once a minute at what has no events. */
export class MinuteLooker {
  readonly #db: Knex;
  readonly #store: LookStore;
  readonly #prometheus: Pick<PrometheusConnections, 'get'>;
  readonly #logger: LoggerService;
  readonly #looks: Readonly<Record<string, Look>>;

  static create(options: {
    db: Knex;
    store: LookStore;
    prometheus: Pick<PrometheusConnections, 'get'>;
    logger: LoggerService;
  }): MinuteLooker {
    return new MinuteLooker(options);
  }

  private constructor(options: Parameters<typeof MinuteLooker.create>[0]) {
    this.#db = options.db;
    this.#store = options.store;
    this.#prometheus = options.prometheus;
    this.#logger = options.logger;
    const caches = lookAtCaches(options.db);
    this.#looks = {
      'table-freshness': lookAtTables,
      'small-file-share': lookAtTables,
      'statistics-freshness': lookAtTables,
      'memory-headroom': lookAtCluster,
      'worker-availability': lookAtCluster,
      'cache-hit-ratio': caches,
      'stampede-free': caches,
      'alert-health': lookAtAlerts,
      'dashboard-health': lookAtDashboards,
    };
  }

  /** Looks at all series that are looked at. */
  async look(options: { nowMs: number; signal: AbortSignal }): Promise<void> {
    const { nowMs, signal } = options;
    const table = new SeriesTable(this.#db);
    const own = await table.ofKinds(['look']);
    await this.#lookAtAll(groupsOf(own), { nowMs, signal });
    const asked = await table.ofKinds(['prometheus']);
    await this.#lookAtAll(
      groupsOf(asked).map(group => inTurn(group, nowMs)),
      { nowMs, signal: AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]) },
    );
  }

  async #lookAtAll(
    groups: ReadonlyArray<readonly CountedSeries[]>,
    { nowMs, signal }: { nowMs: number; signal: AbortSignal },
  ) {
    for (const group of groups) {
      if (signal.aborted) return;
      try {
        const results = await this.lookAt(group, {
          timeOf: counted => timeOf(counted, nowMs),
          signal,
        });
        await this.#write(group, results);
      } catch (error) {
        this.#logger.warn(
          `What SLOs ask of ${
            group[0].connection
          } was not looked at; it is tried again with the next minute: ${
            toError(error).message
          }`,
        );
      }
    }
  }

  /** What is to stand in a time of each series of a group that is looked at together. */
  async lookAt(
    group: readonly CountedSeries[],
    options: {
      timeOf: (counted: CountedSeries) => LookTime;
      signal: AbortSignal;
    },
  ): Promise<Map<string, LookResult & { range: MsRange }>> {
    const { timeOf: time, signal } = options;
    const results = new Map<string, LookResult & { range: MsRange }>();
    if (group[0]?.kind === 'prometheus') {
      await inParallel(group, PARALLEL, async counted => {
        const range = wholeMinutes(time(counted));
        if (signal.aborted || range.fromMs >= range.toMs) return;
        const { series } = counted;
        const prometheus = this.#prometheus;
        const seen = await lookAtPrometheus({
          prometheus,
          series,
          range,
          signal,
        });
        // It was not Prometheus that failed.
        if (seen.failed && signal.aborted) return;
        results.set(counted.id, { ...seen, range });
      });
      return results;
    }
    for (const together of byTime(group, time)) {
      const seen = await this.#lookTogether(together);
      for (const [id, result] of seen) {
        results.set(id, { ...result, range: together.time });
      }
    }
    return results;
  }

  async #lookTogether(options: {
    connection: string;
    series: readonly SloSeries[];
    time: LookTime;
  }): Promise<ReadonlyMap<string, LookResult>> {
    const [{ source }] = options.series;
    const look =
      source.type === 'lakehouse' ? this.#looks[source.indicator] : undefined;
    return look ? look({ ...options, store: this.#store }) : new Map();
  }

  async #write(
    group: readonly CountedSeries[],
    results: ReadonlyMap<string, LookResult & { range: MsRange }>,
  ) {
    const [first] = group;
    for (let at = 0; first && at < group.length; at += WRITTEN_AT_ONCE) {
      const part = group.slice(at, at + WRITTEN_AT_ONCE);
      await this.#db.transaction(async trx => {
        await lockConnection(trx, first.connection);
        await replaceMinutes(trx, replacementsOf(part, results));
        const table = new SeriesTable(trx);
        for (const { id } of part) {
          const result = results.get(id);
          if (!result) continue;
          const newest = Math.max(...result.minutes.keys());
          await table.look(id, {
            minuteMs: Number.isFinite(newest) ? newest : undefined,
            problem: result.problem,
          });
        }
      });
    }
  }
}

/** What could not be asked stays as it was; a look tells all of its minutes. */
export function replacementsOf(
  group: readonly CountedSeries[],
  results: ReadonlyMap<string, LookResult & { range: MsRange }>,
): Replacement[] {
  return group.flatMap(counted => {
    const result = results.get(counted.id);
    if (!result || result.failed) return [];
    return [{ counted, range: result.range, minutes: result.minutes }];
  });
}

/** Of what is kept over time the newest minutes; of what is known as it is now, those since the last look. */
function timeOf(counted: CountedSeries, nowMs: number): LookTime {
  const toMs = floorTo(nowMs, MINUTE_MS) + MINUTE_MS;
  const { countedFromMs, observedMs = countedFromMs, series } = counted;
  const newest = hasHistory(series)
    ? toMs - NEWEST_MS
    : Math.max(observedMs, toMs - MISSED_MS);
  return { fromMs: Math.max(countedFromMs, newest), toMs, nowMs };
}

/** Prometheus is asked for the end of a minute, so a minute that is not over has none. */
function wholeMinutes({ fromMs, toMs, nowMs }: LookTime): MsRange {
  return {
    fromMs: ceilTo(fromMs, MINUTE_MS),
    toMs: Math.min(toMs, floorTo(nowMs, MINUTE_MS)),
  };
}

async function inParallel<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const next = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: count }, next));
}
