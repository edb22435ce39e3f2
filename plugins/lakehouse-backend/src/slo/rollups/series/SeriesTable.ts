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

  /** Those that may be counted still: what nobody asks for any more, too. */
  async ofKinds(kinds: readonly SeriesKind[]): Promise<CountedSeries[]> {
    const rows: SeriesRow[] = await this.#db('slo_series')
      .whereIn('kind', [...kinds])
      .orderBy('series_id')
      .select('*');
    return rows.map(fromRow);
  }

  async add(counted: CountedSeries): Promise<void> {
    await this.#db('slo_series').insert(toRow(counted));
  }

  /** Since when no objective asks for it; undefined when one does again. */
  async end(id: string, endedMs: number | undefined): Promise<void> {
    await this.#of(id).update({ ended_at: endedMs ?? null });
  }

  /** How far into the past it is counted now, and to where it is still to be. */
  async countFrom(
    id: string,
    reach: { countedFromMs: number; pendingFromMs?: number },
  ): Promise<void> {
    await this.#of(id).update({
      counted_from_at: reach.countedFromMs,
      pending_from_at: reach.pendingFromMs ?? null,
    });
  }

  /** What was seen of it last. An absent problem is none; an absent minute leaves what is told. */
  async look(
    id: string,
    { minuteMs, problem }: { minuteMs?: number; problem?: string },
  ): Promise<void> {
    await this.#of(id).update({
      problem: problem === undefined ? null : storableText(problem),
      ...(minuteMs !== undefined && { observed_at: minuteMs }),
    });
  }

  async delete(id: string): Promise<void> {
    await this.#of(id).delete();
  }

  #of(id: string) {
    return this.#db('slo_series').where('series_id', id);
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
