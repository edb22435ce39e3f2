import type { Knex } from 'knex';
import type { TimeRange } from '../SystemReads';
import { DbNumber, epochMs } from '../storable';
import { spansOf } from './spansOf';
import { upsertNewest, type NewestTable } from './upsertNewest';

const TABLE: NewestTable = {
  name: 'samples',
  columns: [
    ['connection', 'text'],
    ['kind', 'text'],
    ['sampled_at', 'integer'],
    ['content', 'text'],
  ],
  key: ['connection', 'kind', 'sampled_at'],
  newerBy: ['content'],
};

/** Looks of one kind at systems over time. */
export class SampleSeries<T> {
  readonly #db: Knex;
  readonly #kind: string;

  constructor(db: Knex, kind: string) {
    this.#db = db;
    this.#kind = kind;
  }

  async put(
    trx: Knex.Transaction,
    connection: string,
    sample: { at: string; content: T },
  ): Promise<void> {
    const sampledAt = epochMs(sample.at);
    if (sampledAt === undefined) return;
    await upsertNewest(trx, TABLE, [
      {
        connection,
        kind: this.#kind,
        sampled_at: sampledAt,
        content: JSON.stringify(sample.content),
      },
    ]);
  }

  /** Oldest first: the newest sample of each of `limit` equal spans of the range. */
  async list(
    connection: string,
    range: TimeRange & { limit: number },
  ): Promise<Array<{ at: string; content: T }>> {
    const { fromMs, toMs, spanMs } = spansOf(range, range.limit);
    const newestOfSpans = this.#of(connection)
      .whereBetween('sampled_at', [fromMs, toMs])
      // Written as numbers: PostgreSQL would group by two different parameters.
      .groupByRaw(`(sampled_at - ${fromMs}) / ${spanMs}`)
      .max('sampled_at');
    const rows: SampleRow[] = await this.#of(connection)
      .whereIn('sampled_at', newestOfSpans)
      .orderBy('sampled_at')
      .select('sampled_at', 'content');
    return rows.map(row => fromRow<T>(row));
  }

  async latest(
    connection: string,
  ): Promise<{ at: string; content: T } | undefined> {
    const row = await this.#of(connection)
      .orderBy('sampled_at', 'desc')
      .first<SampleRow | undefined>('sampled_at', 'content');
    return row && fromRow<T>(row);
  }

  #of(connection: string) {
    return this.#db('samples').where({ connection, kind: this.#kind });
  }
}

interface SampleRow {
  sampled_at: DbNumber;
  content: string;
}

function fromRow<T>(row: SampleRow): { at: string; content: T } {
  const content: T = JSON.parse(row.content);
  return { at: new Date(Number(row.sampled_at)).toISOString(), content };
}
