import type { Knex } from 'knex';
import type { TimeRange } from '../SystemReads';
import { epochMs, storableText } from '../storable';
import { upsertNewest, type NewestTable } from './upsertNewest';

const TABLE: NewestTable = {
  name: 'occurrences',
  columns: [
    ['connection', 'text'],
    ['kind', 'text'],
    ['subject', 'text'],
    ['occurrence_id', 'text'],
    ['started_at', 'integer'],
    ['touched_at', 'integer'],
    ['open', 'integer'],
    ['revision', 'text'],
    ['content', 'text'],
  ],
  key: ['connection', 'kind', 'subject', 'occurrence_id'],
  newerBy: ['revision', 'content'],
};
const DIGITS = 17;

/** Something that happened, as it is kept. */
export interface Occurrence<T> {
  /** What it happened to, where that is asked for. */
  readonly subject?: string;
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** It lasts: it counts as touching every time after its start. */
  readonly open?: boolean;
  /** Figures that grow as more becomes known, the most important first. */
  readonly revision: ReadonlyArray<number | undefined>;
  readonly content: T;
}

/**
 * What happened, of one kind. Of two tellings of one occurrence the one with
 * the larger revision stands, then the larger JSON text: so any order of
 * tellings ends in the same.
 */
export class Occurrences<T> {
  readonly #db: Knex;
  readonly #kind: string;

  constructor(db: Knex, kind: string) {
    this.#db = db;
    this.#kind = kind;
  }

  async put(
    trx: Knex.Transaction,
    connection: string,
    occurrences: ReadonlyArray<Occurrence<T>>,
  ): Promise<void> {
    await upsertNewest(
      trx,
      TABLE,
      occurrences.flatMap(occurrence => {
        const startedAt = epochMs(occurrence.startedAt);
        if (startedAt === undefined) return [];
        return {
          connection,
          kind: this.#kind,
          subject: storableText(occurrence.subject ?? ''),
          occurrence_id: storableText(occurrence.id),
          started_at: startedAt,
          touched_at: Math.max(startedAt, epochMs(occurrence.endedAt) ?? 0),
          open: Number(occurrence.open ?? false),
          revision: occurrence.revision.map(sortable).join('.'),
          content: JSON.stringify(occurrence.content),
        };
      }),
    );
  }

  async get(
    connection: string,
    id: string,
    subject: string = '',
  ): Promise<T | undefined> {
    const row = await this.#db('occurrences')
      .where({
        connection,
        kind: this.#kind,
        subject: storableText(subject),
        occurrence_id: storableText(id),
      })
      .first<OccurrenceRow | undefined>('content');
    return row && parse<T>(row);
  }

  /** Those that touch the range, newest first. */
  async list(options: {
    connections: readonly string[];
    subject?: string;
    range?: TimeRange;
    limit: number;
  }): Promise<T[]> {
    const { connections, subject = '', range, limit } = options;
    const from = epochMs(range?.from);
    const to = epochMs(range?.to);
    const query = this.#db('occurrences')
      .whereIn('connection', [...connections])
      .where({ kind: this.#kind, subject: storableText(subject) });
    if (to !== undefined) query.where('started_at', '<=', to);
    if (from !== undefined) {
      query.where(q => q.where('touched_at', '>=', from).orWhere('open', 1));
    }
    const rows: OccurrenceRow[] = await query
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'connection' },
        { column: 'occurrence_id' },
      ])
      .limit(limit)
      .select('content');
    return rows.map(row => parse<T>(row));
  }
}

interface OccurrenceRow {
  content: string;
}

function parse<T>(row: OccurrenceRow): T {
  const content: T = JSON.parse(row.content);
  return content;
}

/** Figures as texts of one length, which sort as the figures do. */
function sortable(figure: number | undefined): string {
  const whole = Math.min(
    Number.MAX_SAFE_INTEGER,
    Math.max(0, Math.round(figure ?? 0) || 0),
  );
  return String(whole).padStart(DIGITS, '0');
}
