import {
  CACHE_FILL_BOUNDS_MS,
  type CachePrefixUse,
  type CacheTelemetryHotKey,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { fillPercentiles } from '../../ingest/cache/fillPercentiles';
import type { CacheUseReported } from '../Observation';
import { CACHE_COUNTS, CACHE_FILLS, CACHE_SLOT_MS } from './cacheUseColumns';
import { spansOf } from '../shared/spansOf';
import { upsertNewest, type NewestTable } from '../shared/upsertNewest';
import type { DuplicateMisses, TimeRange } from '../SystemReads';
import { DbNumber, epochMs, storableText } from '../storable';

const TABLE: NewestTable = {
  name: 'cache_use',
  columns: [
    ['connection', 'text'],
    ['prefix', 'text'],
    ['instance', 'text'],
    ['instances', 'integer'],
    ['covered_seconds', 'integer'],
    ['window_seconds', 'integer'],
    ['ended_at', 'integer'],
    ...[...CACHE_COUNTS, ...CACHE_FILLS].map(
      column => [column, 'integer'] as const,
    ),
    ['source', 'text'],
    ['hot_keys', 'text'],
  ],
  key: ['connection', 'ended_at', 'prefix', 'instance', 'window_seconds'],
  newerBy: CACHE_COUNTS,
};

const POINTS_MAX = 120;
const DUPLICATES_MAX = 1_000;

interface UseRow extends Record<(typeof CACHE_COUNTS)[number], DbNumber> {
  prefix: string;
  window_seconds: number;
  ended_at: DbNumber;
  slots: DbNumber;
  summed_seconds: DbNumber;
  instances: DbNumber;
  summed_instances: DbNumber;
  [fills: `fills_${number}`]: DbNumber;
}

interface DuplicatesRow {
  prefix: string;
  instance: string;
  source: string | null;
  window_seconds: number;
  ended_at: DbNumber;
  misses: DbNumber;
  duplicate_misses: DbNumber;
  hot_keys: string | null;
}

/**
 * What instances of applications counted per key prefix. A point in time is
 * the sum over the instances whose windows have one length and end in the same
 * 10 s slot; when a range has more slots than points are shown, the slots of
 * each span are summed too, so that no count is lost by thinning.
 *
 * Quantiles of fill times are read off the summed counts by bin: those that
 * each instance tells can't be put together.
 *
 * Rows of which no report can come again are summed by `sumUpCacheUse`; they
 * bring the seconds and instances that they stand for.
 */
export class CacheUseLog {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async record(trx: Knex.Transaction, reported: CacheUseReported) {
    await upsertNewest(
      trx,
      TABLE,
      reported.prefixes.flatMap(({ prefix, use, fillCounts, hotKeys }) => {
        const endedAt = epochMs(use.at);
        if (endedAt === undefined) return [];
        return {
          connection: reported.connection,
          prefix: storableText(prefix),
          instance: storableText(reported.instance) || 'unnamed',
          instances: 1,
          window_seconds: count(use.windowSeconds),
          covered_seconds: count(use.windowSeconds),
          ended_at: endedAt,
          hits: count(use.hits),
          misses: count(use.misses),
          writes: count(use.writes),
          deletes: count(use.deletes),
          duplicate_misses: count(use.duplicateMisses),
          ...Object.fromEntries(
            CACHE_FILLS.map((column, bin) => [
              column,
              count(fillCounts?.[bin] ?? 0),
            ]),
          ),
          source: reported.source && storableText(reported.source),
          hot_keys: hotKeys?.length ? JSON.stringify(hotKeys) : undefined,
        };
      }),
    );
  }

  /** Most used first; points oldest first, at most 120 a prefix. */
  async prefixes(
    connection: string,
    range: TimeRange,
    limit: number,
  ): Promise<Array<{ prefix: string; series: CachePrefixUse[] }>> {
    const prefixes: string[] = await this.#inRange(connection, range)
      .groupBy('prefix')
      .orderByRaw('sum(hits + misses + writes + deletes) desc, prefix')
      .limit(limit)
      .pluck('prefix');
    if (!prefixes.length) return [];
    const lengths: number[] = await this.#inRange(connection, range)
      .distinct('window_seconds')
      .limit(POINTS_MAX)
      .pluck('window_seconds');
    const spanMs = wholeSlots(range, Math.floor(POINTS_MAX / lengths.length));
    const rows: UseRow[] = await this.#inRange(connection, range)
      .whereIn('prefix', prefixes)
      // Written as a number: PostgreSQL would group by two different parameters.
      .groupByRaw(`prefix, window_seconds, ended_at / ${spanMs}`)
      .orderByRaw('max(ended_at), window_seconds')
      .select(
        'prefix',
        'window_seconds',
        ...[...CACHE_COUNTS, ...CACHE_FILLS].map(column =>
          this.#db.raw(`sum(${column}) as ${column}`),
        ),
        this.#db.raw('max(ended_at) as ended_at'),
        this.#db.raw(
          `count(distinct CASE WHEN instance <> '' THEN ended_at / ${CACHE_SLOT_MS} END) as slots`,
        ),
        this.#db.raw(
          `count(distinct CASE WHEN instance <> '' THEN instance END) as instances`,
        ),
        this.#db.raw(
          `sum(CASE WHEN instance = '' THEN covered_seconds ELSE 0 END) as summed_seconds`,
        ),
        this.#db.raw('max(instances) as summed_instances'),
      );
    const series = new Map<string, CachePrefixUse[]>(
      prefixes.map(prefix => [prefix, []]),
    );
    for (const row of rows) series.get(row.prefix)?.push(toUse(row, spanMs));
    return [...series].map(([prefix, of]) => ({ prefix, series: of }));
  }

  async duplicateMisses(
    connection: string,
    range: TimeRange,
  ): Promise<DuplicateMisses[]> {
    const rows: DuplicatesRow[] = await this.#inRange(connection, range)
      .where('duplicate_misses', '>', 0)
      .orderBy([
        { column: 'ended_at', order: 'desc' },
        { column: 'duplicate_misses', order: 'desc' },
      ])
      .limit(DUPLICATES_MAX)
      .select(
        'prefix',
        'instance',
        'source',
        'window_seconds',
        'ended_at',
        'misses',
        'duplicate_misses',
        'hot_keys',
      );
    return rows.map(row => {
      const hotKeys: CacheTelemetryHotKey[] = JSON.parse(row.hot_keys ?? '[]');
      return {
        prefix: row.prefix,
        instance: row.instance,
        source: row.source ?? undefined,
        at: new Date(Number(row.ended_at)).toISOString(),
        windowSeconds: row.window_seconds,
        misses: Number(row.misses),
        duplicateMisses: Number(row.duplicate_misses),
        hotKeys,
      };
    });
  }

  #inRange(connection: string, range: TimeRange) {
    return this.#db('cache_use')
      .where('connection', connection)
      .whereBetween('ended_at', [
        epochMs(range.from) ?? 0,
        epochMs(range.to) ?? Date.now(),
      ]);
  }
}

/** The length of a span in whole slots, so that no point holds half of one. */
function wholeSlots(range: TimeRange, points: number): number {
  const { spanMs } = spansOf(range, Math.max(1, points - 1));
  return Math.ceil(spanMs / CACHE_SLOT_MS) * CACHE_SLOT_MS;
}

function toUse(row: UseRow, spanMs: number): CachePrefixUse {
  const { window_seconds: windowSeconds } = row;
  return {
    at: new Date(Number(row.ended_at)).toISOString(),
    // Longer windows of several instances overlap: a span is not longer than it is.
    windowSeconds:
      Number(row.summed_seconds) +
      Math.min(
        windowSeconds * Number(row.slots),
        Math.max(windowSeconds, spanMs / 1_000),
      ),
    hits: Number(row.hits),
    misses: Number(row.misses),
    writes: Number(row.writes),
    deletes: Number(row.deletes),
    duplicateMisses: Number(row.duplicate_misses),
    fillMs: fillPercentiles(
      CACHE_FILL_BOUNDS_MS.map((_, bin) => Number(row[`fills_${bin}`])).concat(
        Number(row[`fills_${CACHE_FILL_BOUNDS_MS.length}`]),
      ),
    ),
    instances: Math.max(Number(row.instances), Number(row.summed_instances)),
  };
}

/** A count as a sender told it, which may be anything. */
function count(value: number): number {
  return Number.isFinite(value)
    ? Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(value)))
    : 0;
}
