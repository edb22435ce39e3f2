import type { Knex } from 'knex';
import { pruneRollups } from './pruneRollups';
import { readLatencyBins } from './reads/readLatencyBins';
import { readReach } from './reads/readReach';
import { readSeriesBuckets } from './reads/readSeriesBuckets';
import { readSpenders } from './reads/readSpenders';
import { readSums } from './reads/readSums';
import type { RollupTicks } from './RollupTicks';
import { SeriesTable } from './series/SeriesTable';
import { updateSeries } from './series/updateSeries';
import { DAY_MS, type Width } from './shared/widths';
import type {
  MsRange,
  SloRollupKeeper,
  SloRollups,
  SloSeries,
} from './SloRollups';

/** How far back the past of a new series is counted at most, unless told. */
const DEFAULT_BACKFILL_DAYS = 40;
/** As long as queries are kept by default, and a day more: no later event comes. */
const DEFAULT_MINUTE_DAYS = 8;

/** {@link SloRollups} on SQLite and PostgreSQL. */
export class DatabaseSloRollups implements SloRollups, SloRollupKeeper {
  readonly #db: Knex;
  readonly #ownSources: ReadonlyMap<string, string>;
  readonly #ticks: RollupTicks | undefined;
  readonly #backfillMs: number;
  readonly #minutesMs: number;
  readonly #now: () => number;

  static create(options: {
    /** With the schema of the observations' store, up to date. */
    db: Knex;
    /** What {@link SloRollupKeeper.tick} does; nothing for those that only read. */
    ticks?: RollupTicks;
    /** By connection, the `source` of our own queries. */
    ownSources?: ReadonlyMap<string, string>;
    backfillDays?: number;
    /** How long counts by the minute are kept. */
    minuteDays?: number;
    now?: () => number;
  }): DatabaseSloRollups {
    return new DatabaseSloRollups(options);
  }

  private constructor(
    options: Parameters<typeof DatabaseSloRollups.create>[0],
  ) {
    this.#db = options.db;
    this.#ownSources = options.ownSources ?? new Map();
    this.#backfillMs = (options.backfillDays ?? DEFAULT_BACKFILL_DAYS) * DAY_MS;
    this.#ticks = options.ticks;
    this.#minutesMs = (options.minuteDays ?? DEFAULT_MINUTE_DAYS) * DAY_MS;
    this.#now = options.now ?? Date.now;
  }

  async setSeries(series: readonly SloSeries[]): Promise<void> {
    const wanted = new Map(series.map(one => [one.id, one]));
    const known = await new SeriesTable(this.#db).all();
    const changed = new Set<string>();
    for (const one of known) {
      // A scope comes and goes with the query series of its connection.
      if (one.kind === 'scope') continue;
      if (wanted.has(one.id) !== (one.endedMs === undefined)) {
        changed.add(one.connection);
      }
      wanted.delete(one.id);
    }
    for (const { source } of wanted.values()) changed.add(source.connection);

    const all = [...new Map(series.map(one => [one.id, one])).values()];
    for (const connection of [...changed].sort()) {
      await updateSeries(this.#db, {
        connection,
        wanted: all.filter(({ source }) => source.connection === connection),
        ownSource: this.#ownSources.get(connection),
        nowMs: this.#now(),
        backfillMs: this.#backfillMs,
      });
    }
  }

  async tick(options: { nowMs: number; signal: AbortSignal }): Promise<void> {
    await this.#ticks?.tick(options);
  }

  async prune({ beforeMs }: { beforeMs: number }): Promise<number> {
    const nowMs = this.#now();
    return pruneRollups(this.#db, {
      beforeMs,
      minutesBeforeMs: nowMs - this.#minutesMs,
      nowMs,
    });
  }

  sums(requests: ReadonlyArray<{ series: SloSeries } & MsRange>) {
    return readSums(this.#db, requests);
  }

  buckets(series: readonly SloSeries[], range: MsRange & { width: Width }) {
    return readSeriesBuckets(this.#db, series, range);
  }

  spenders(series: SloSeries, range: MsRange) {
    return readSpenders(this.#db, series, range);
  }

  latencyBins(requests: ReadonlyArray<{ series: SloSeries } & MsRange>) {
    return readLatencyBins(this.#db, requests);
  }

  reach(series: readonly SloSeries[]) {
    return readReach(this.#db, series);
  }
}
