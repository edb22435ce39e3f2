import type { Knex } from 'knex';
import { z } from 'zod';
import { DbNumber, fromDb, storableText } from '../../../observations/storable';
import { sqlDialect } from '../../../observations/dialect';
import type { SloSeries } from '../SloRollups';
import type { CountedSeries, SeriesKind } from './CountedSeries';

interface SeriesRow {
  series_id: string;
  connection: string;
  kind: SeriesKind;
  definition: string;
  counted_from_at: DbNumber;
  pending_from_at: DbNumber | null;
  observed_at: DbNumber | null;
  problem: string | null;
  ended_at: DbNumber | null;
}

/** What a series is counted by, apart from its own figures: written by us only. */
const Definition = z.custom<SloSeries>(
  value => typeof value === 'object' && value !== null && 'source' in value,
);

/** Which series are counted, and how far. */
export class SeriesTable {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async all(): Promise<CountedSeries[]> {
    const rows: SeriesRow[] = await this.#db('slo_series').select('*');
    return rows.map(fromRow);
  }

  async ofConnection(
    connection: string,
    kinds: readonly SeriesKind[],
  ): Promise<CountedSeries[]> {
    const rows: SeriesRow[] = await this.#db('slo_series')
      .where('connection', connection)
      .whereIn('kind', [...kinds])
      .select('*');
    return rows.map(fromRow);
  }

  async byId(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, CountedSeries>> {
    const rows: SeriesRow[] = ids.length
      ? await this.#db('slo_series')
          .whereRaw(`series_id IN (${sqlDialect(this.#db).textsOfJson})`, [
            JSON.stringify(ids),
          ])
          .select('*')
      : [];
    return new Map(rows.map(row => [row.series_id, fromRow(row)]));
  }

  /** As it stands now; the definition never changes. */
  async put(counted: CountedSeries): Promise<void> {
    const row = toRow(counted);
    await this.#db('slo_series').insert(row).onConflict('series_id').merge();
  }

  /** What was seen of it last. An absent problem is none. */
  async observed(
    looks: ReadonlyArray<{ id: string; minuteMs?: number; problem?: string }>,
  ): Promise<void> {
    for (const { id, minuteMs, problem } of looks) {
      await this.#db('slo_series')
        .where('series_id', id)
        .update({
          problem: problem === undefined ? null : storableText(problem),
          ...(minuteMs !== undefined && { observed_at: minuteMs }),
        });
    }
  }

  async delete(id: string): Promise<void> {
    await this.#db('slo_series').where('series_id', id).delete();
  }
}

function toRow(counted: CountedSeries): SeriesRow {
  return {
    series_id: counted.id,
    connection: storableText(counted.connection),
    kind: counted.kind,
    definition: JSON.stringify(counted.series),
    counted_from_at: counted.countedFromMs,
    pending_from_at: counted.pendingFromMs ?? null,
    observed_at: counted.observedMs ?? null,
    problem: counted.problem ?? null,
    ended_at: counted.endedMs ?? null,
  };
}

function fromRow(row: SeriesRow): CountedSeries {
  return {
    id: row.series_id,
    connection: row.connection,
    kind: row.kind,
    series: Definition.parse(JSON.parse(row.definition)),
    countedFromMs: Number(row.counted_from_at),
    pendingFromMs: fromDb(row.pending_from_at),
    observedMs: fromDb(row.observed_at),
    problem: row.problem ?? undefined,
    endedMs: fromDb(row.ended_at),
  };
}
