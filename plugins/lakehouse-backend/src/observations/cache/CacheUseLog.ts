import type { CachePrefixUse } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { CacheUseReported } from '../Observation';
import { spansOf } from '../shared/spansOf';
import { upsertNewest, type NewestTable } from '../shared/upsertNewest';
import type { TimeRange } from '../SystemReads';
import { DbNumber, epochMs, fromDb, storableText } from '../storable';

const COUNTS = [
  'hits',
  'misses',
  'writes',
  'deletes',
  'duplicate_misses',
] as const;

const TABLE: NewestTable = {
  name: 'cache_use',
  columns: [
    ['connection', 'text'],
    ['prefix', 'text'],
    ['instance', 'text'],
    ['window_seconds', 'integer'],
    ['ended_at', 'integer'],
    ...COUNTS.map(column => [column, 'integer'] as const),
    ['fill_p50_ms', 'real'],
    ['fill_p99_ms', 'real'],
  ],
  key: ['connection', 'ended_at', 'prefix', 'instance', 'window_seconds'],
  newerBy: COUNTS,
};

/** Windows of instances that end in the same slot are told together. */
const SLOT_MS = 10_000;
const POINTS_MAX = 120;

interface UseRow extends Record<(typeof COUNTS)[number], DbNumber> {
  prefix: string;
  window_seconds: number;
  span: DbNumber;
  ended_at: DbNumber;
  slots: DbNumber;
  instances: DbNumber;
  fill_p50_ms: number | null;
  fill_p99_ms: number | null;
}

/**
 * What instances of applications counted per key prefix. A point in time is
 * the sum over the instances whose windows have one length and end in the same
 * 10 s slot; when a range has more slots than points are shown, the slots of
 * each span are summed too, so that no count is lost by thinning.
 *
 * Of fill times each instance tells only two quantiles, and no quantile of the
 * whole follows from those. Shown are bounds that don't flatter: the p99 is the
 * largest p99 of any instance (never less than the true one), the p50 is the
 * median of the instances' p50s, each weighing as many fills as it did.
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
      reported.prefixes.flatMap(({ prefix, use }) => {
        const endedAt = epochMs(use.at);
        if (endedAt === undefined) return [];
        return {
          connection: reported.connection,
          prefix: storableText(prefix),
          instance: storableText(reported.instance),
          window_seconds: count(use.windowSeconds),
          ended_at: endedAt,
          hits: count(use.hits),
          misses: count(use.misses),
          writes: count(use.writes),
          deletes: count(use.deletes),
          duplicate_misses: count(use.duplicateMisses),
          fill_p50_ms: use.fillMs?.p50,
          fill_p99_ms: use.fillMs?.p99,
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
    const inRange = () =>
      this.#db('cache_use')
        .where('connection', connection)
        .whereBetween('ended_at', [
          epochMs(range.from) ?? 0,
          epochMs(range.to) ?? Date.now(),
        ]);
    const prefixes: string[] = await inRange()
      .groupBy('prefix')
      .orderByRaw('sum(hits + misses + writes + deletes) desc, prefix')
      .limit(limit)
      .pluck('prefix');
    if (!prefixes.length) return [];
    const lengths: number[] = await inRange()
      .distinct('window_seconds')
      .limit(POINTS_MAX)
      .pluck('window_seconds');
    const spanMs = wholeSlots(range, Math.floor(POINTS_MAX / lengths.length));
    // Written as a number: PostgreSQL would group by two different parameters.
    const span = `(ended_at / ${spanMs})`;
    const chosen = () => inRange().whereIn('prefix', prefixes);
    const group = `prefix, window_seconds, ${span}`;
    const rows: UseRow[] = await chosen()
      .groupByRaw(group)
      .orderByRaw('max(ended_at), window_seconds')
      .select(
        'prefix',
        'window_seconds',
        this.#db.raw(`${span} as span`),
        ...COUNTS.map(column => this.#db.raw(`sum(${column}) as ${column}`)),
        this.#db.raw('max(ended_at) as ended_at'),
        this.#db.raw(`count(distinct ended_at / ${SLOT_MS}) as slots`),
        this.#db.raw('count(distinct instance) as instances'),
        this.#db.raw('max(fill_p99_ms) as fill_p99_ms'),
      );
    const medians = await this.#fillMedians(chosen(), span);
    return prefixes.map(prefix => ({
      prefix,
      series: rows
        .filter(row => row.prefix === prefix)
        .map(row => toUse(row, { spanMs, p50: medians.get(groupOf(row)) })),
    }));
  }

  /** The fill's p50 at which half of all fills of a group are reached. */
  async #fillMedians(
    rows: Knex.QueryBuilder,
    span: string,
  ): Promise<Map<string, number>> {
    const of = `PARTITION BY prefix, window_seconds, ${span}`;
    const fills =
      'CASE WHEN misses > duplicate_misses THEN misses - duplicate_misses ELSE 1 END';
    const weighed = rows
      .whereNotNull('fill_p50_ms')
      .select(
        'prefix',
        'window_seconds',
        'fill_p50_ms',
        this.#db.raw(`${span} as span`),
        this.#db.raw(
          `sum(${fills}) OVER (${of} ORDER BY fill_p50_ms) as reached`,
        ),
        this.#db.raw(`sum(${fills}) OVER (${of}) as total`),
      )
      .as('weighed');
    const medians: Array<
      Pick<UseRow, 'prefix' | 'window_seconds' | 'span'> & { p50: number }
    > = await this.#db
      .from(weighed)
      .whereRaw('reached * 2 >= total')
      .groupBy('prefix', 'window_seconds', 'span')
      .select('prefix', 'window_seconds', 'span')
      .min({ p50: 'fill_p50_ms' });
    return new Map(medians.map(row => [groupOf(row), row.p50]));
  }
}

/** The length of a span in whole slots, so that no point holds half of one. */
function wholeSlots(range: TimeRange, points: number): number {
  const { spanMs } = spansOf(range, Math.max(1, points - 1));
  return Math.ceil(spanMs / SLOT_MS) * SLOT_MS;
}

function groupOf(
  row: Pick<UseRow, 'prefix' | 'window_seconds' | 'span'>,
): string {
  return JSON.stringify([row.prefix, row.window_seconds, String(row.span)]);
}

function toUse(
  row: UseRow,
  { spanMs, p50 }: { spanMs: number; p50: number | undefined },
): CachePrefixUse {
  const p99 = fromDb(row.fill_p99_ms);
  const { window_seconds: windowSeconds } = row;
  return {
    at: new Date(Number(row.ended_at)).toISOString(),
    // Longer windows of several instances overlap: a span is not longer than it is.
    windowSeconds: Math.min(
      windowSeconds * Number(row.slots),
      Math.max(windowSeconds, spanMs / 1_000),
    ),
    hits: Number(row.hits),
    misses: Number(row.misses),
    writes: Number(row.writes),
    deletes: Number(row.deletes),
    duplicateMisses: Number(row.duplicate_misses),
    fillMs:
      p50 === undefined || p99 === undefined
        ? undefined
        : { p50: Number(p50), p99 },
    instances: Number(row.instances),
  };
}

/** A count as a sender told it, which may be anything. */
function count(value: number): number {
  return Number.isFinite(value)
    ? Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(value)))
    : 0;
}
