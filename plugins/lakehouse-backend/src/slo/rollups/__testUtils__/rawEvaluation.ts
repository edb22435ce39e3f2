import {
  sliceSums,
  type SpenderDimension,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { contributionOf } from '../queries/contributionOf';
import {
  FACT_COLUMNS,
  factsOf,
  parseFactRow,
  type QueryFacts,
} from '../queries/QueryFacts';
import { readQueryTables } from '../queries/readQueryTables';
import type { SloSeries } from '../SloRollups';

/** What a series counts, told from all rows at once and without any rollup. */
export interface RawEvaluation {
  readonly minutes: ReadonlyMap<number, { good: number; total: number }>;
  readonly spenders: ReadonlyMap<string, number>;
  readonly bins: ReadonlyMap<number, number>;
  readonly slices?: ReturnType<typeof sliceSums>;
}

export async function rawFacts(
  db: Knex,
  connection: string,
): Promise<QueryFacts[]> {
  const stored: unknown[] = await db('queries')
    .where('connection', connection)
    .select(...FACT_COLUMNS);
  const rows = stored.map(parseFactRow);
  const tables = await readQueryTables(
    db,
    connection,
    rows.map(row => row.query_id),
  );
  return rows.flatMap(
    row => factsOf(row, tables.get(row.query_id) ?? []) ?? [],
  );
}

export function evaluateRaw(
  facts: readonly QueryFacts[],
  series: SloSeries,
): RawEvaluation {
  const minutes = new Map<number, { good: number; total: number }>();
  const spenders = new Map<string, number>();
  const bins = new Map<number, number>();
  for (const one of facts) {
    const contribution = contributionOf(one, series);
    if (!contribution) continue;
    const { good, total, bin, minuteMs } = contribution;
    const known = minutes.get(minuteMs) ?? { good: 0, total: 0 };
    minutes.set(minuteMs, {
      good: known.good + good,
      total: known.total + total,
    });
    if (bin !== undefined) bins.set(bin, (bins.get(bin) ?? 0) + 1);
    if (good === total) continue;
    const values: ReadonlyArray<[SpenderDimension, readonly string[]]> = [
      ['source', [one.source ?? '']],
      ['user', [one.user ?? '']],
      ['table', one.tables.length ? one.tables : ['']],
      ['error', [one.errorName ?? '']],
      ['resourceGroup', [one.resourceGroup ?? '']],
    ];
    for (const [dimension, of] of values) {
      for (const value of of) {
        const key = `${dimension}=${value}`;
        spenders.set(key, (spenders.get(key) ?? 0) + 1 / of.length);
      }
    }
  }
  return {
    minutes,
    spenders,
    bins,
    slices:
      series.slice &&
      sliceSums(
        [...minutes].map(([startMs, counts]) => ({ startMs, ...counts })),
        series.slice,
      ),
  };
}
