import type { Knex } from 'knex';
import { sqlDialect, type SqlType } from '../../../observations/dialect';
import { rawRows } from '../../../observations/shared/rawRows';
import type { RollupDelta, SpenderDelta } from './RollupDelta';
import { jsonRows } from './jsonRows';

/** Rows that one statement takes at most. */
const CHUNK = 20_000;
/** Values of a dimension that are told apart in an hour. */
export const SPENDER_VALUES_MAX = 200;
export const OTHER_SPENDERS = '(other)';

interface Target {
  readonly table: string;
  readonly key: ReadonlyArray<readonly [string, SqlType]>;
  readonly sums: ReadonlyArray<readonly [string, SqlType]>;
  readonly largest?: ReadonlyArray<readonly [string, SqlType]>;
}

const BUCKETS: Target = {
  table: 'slo_buckets',
  key: [
    ['series_id', 'text'],
    ['width', 'integer'],
    ['start_at', 'integer'],
  ],
  sums: [
    ['good', 'real'],
    ['total', 'real'],
    ['observed_minutes', 'integer'],
  ],
  largest: [['dirty', 'integer']],
};

const SPENDER_KEY = [
  ['series_id', 'text'],
  ['hour_at', 'integer'],
  ['dimension', 'text'],
] as const;

const SPENDERS: Target = {
  table: 'slo_spenders',
  key: [...SPENDER_KEY, ['value', 'text']],
  sums: [['bad', 'real']],
};

const BINS: Target = {
  table: 'slo_latency_bins',
  key: [
    ['series_id', 'text'],
    ['day_at', 'integer'],
    ['bin', 'integer'],
  ],
  sums: [['count', 'real']],
};

/** Adds differences to what is counted, each table in one order. */
export async function writeDelta(
  trx: Knex.Transaction,
  delta: RollupDelta,
  options: { minutesFromMs: number },
): Promise<void> {
  await addRows(trx, BUCKETS, delta.buckets(options.minutesFromMs));
  await addRows(trx, SPENDERS, await withinLimit(trx, delta.spenders()));
  await addRows(trx, BINS, delta.bins());
}

async function addRows(
  trx: Knex.Transaction,
  { table, key, sums, largest = [] }: Target,
  rows: readonly object[],
): Promise<void> {
  const dialect = sqlDialect(trx);
  const columns = [...key, ...sums, ...largest];
  const names = columns.map(([name]) => name).join(', ');
  const { select, from } = dialect.rowsOfJson(columns);
  const sets = [
    ...sums.map(([name]) => `${name} = ${table}.${name} + excluded.${name}`),
    ...largest.map(
      ([name]) =>
        `${name} = ${dialect.greatest(`${table}.${name}`, `excluded.${name}`)}`,
    ),
  ];
  for (let at = 0; at < rows.length; at += CHUNK) {
    // "WHERE true" keeps SQLite from reading ON CONFLICT as a join's ON.
    await trx.raw(
      `INSERT INTO ${table} (${names}) SELECT ${select} FROM ${from} WHERE true ` +
        `ON CONFLICT (${key
          .map(([name]) => name)
          .join(', ')}) DO UPDATE SET ${sets.join(', ')}`,
      [JSON.stringify(rows.slice(at, at + CHUNK))],
    );
  }
}

/**
 * Puts values beyond the limit together. Rows are never deleted while their
 * hour is kept, so a value that has none went to the others before, and is
 * taken away from them.
 */
async function withinLimit(
  trx: Knex.Transaction,
  deltas: readonly SpenderDelta[],
): Promise<SpenderDelta[]> {
  if (!deltas.length) return [];
  const known = new Set(await knownValues(trx, deltas));
  const unknown = deltas.filter(delta => !known.has(keyOf(delta)));
  const counts = await countValues(trx, unknown);
  const merged = new Map<string, SpenderDelta>();
  for (const delta of deltas) {
    let { value } = delta;
    if (!known.has(keyOf(delta))) {
      const group = groupOf(delta);
      const count = counts.get(group) ?? 0;
      if (delta.bad < 0 || count >= SPENDER_VALUES_MAX) value = OTHER_SPENDERS;
      else counts.set(group, count + 1);
    }
    const row = { ...delta, value };
    const key = keyOf(row);
    const before = merged.get(key);
    merged.set(key, { ...row, bad: row.bad + (before?.bad ?? 0) });
  }
  return [...merged]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, delta]) => delta);
}

async function knownValues(
  trx: Knex.Transaction,
  deltas: readonly SpenderDelta[],
): Promise<string[]> {
  const rows = await rawRows<KeyRow>(
    trx,
    `SELECT s.series_id, s.hour_at, s.dimension, s.value FROM ${jsonRows(trx, [
      ...SPENDER_KEY,
      ['value', 'text'],
    ])} JOIN slo_spenders s ON s.series_id = r.series_id AND s.hour_at = r.hour_at AND s.dimension = r.dimension AND s.value = r.value`,
    [JSON.stringify(deltas)],
  );
  return rows.map(keyOf);
}

async function countValues(
  trx: Knex.Transaction,
  deltas: readonly SpenderDelta[],
): Promise<Map<string, number>> {
  const groups = new Map(deltas.map(delta => [groupOf(delta), delta]));
  if (!groups.size) return new Map();
  const rows = await rawRows<KeyRow & { values_count: number | string }>(
    trx,
    `SELECT s.series_id, s.hour_at, s.dimension, count(*) AS values_count FROM ${jsonRows(
      trx,
      SPENDER_KEY,
    )} JOIN slo_spenders s ON s.series_id = r.series_id AND s.hour_at = r.hour_at AND s.dimension = r.dimension GROUP BY s.series_id, s.hour_at, s.dimension`,
    [JSON.stringify([...groups.values()])],
  );
  return new Map(rows.map(row => [groupOf(row), Number(row.values_count)]));
}

interface KeyRow {
  series_id: string;
  hour_at: number | string;
  dimension: string;
  value: string;
}

function groupOf(row: Omit<KeyRow, 'value'>): string {
  return `${row.series_id}\n${row.hour_at}\n${row.dimension}`;
}

function keyOf(row: KeyRow): string {
  return `${groupOf(row)}\n${row.value}`;
}
