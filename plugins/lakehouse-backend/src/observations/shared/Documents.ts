import type { Knex } from 'knex';
import { DbNumber, epochMs, storableText } from '../storable';
import { upsertNewest, type NewestTable } from './upsertNewest';

const TABLE: NewestTable = {
  name: 'documents',
  columns: [
    ['connection', 'text'],
    ['kind', 'text'],
    ['document_id', 'text'],
    ['observed_at', 'integer'],
    ['content', 'text'],
  ],
  key: ['connection', 'kind', 'document_id'],
  newerBy: ['observed_at', 'content'],
};

/** A document as it was last told. */
export interface StoredDocument<T> {
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  readonly content: T;
}

/**
 * Documents of one kind, the newest by connection and id. Of two that were
 * observed at the same time, the larger JSON text stands.
 */
export class Documents<T> {
  readonly #db: Knex;
  readonly #kind: string;

  constructor(db: Knex, kind: string) {
    this.#db = db;
    this.#kind = kind;
  }

  async put(
    trx: Knex.Transaction,
    connection: string,
    documents: ReadonlyArray<{ id?: string; at: string; content: T }>,
  ): Promise<void> {
    await upsertNewest(
      trx,
      TABLE,
      documents.flatMap(({ id = '', at, content }) => {
        const observedAt = epochMs(at);
        if (observedAt === undefined) return [];
        return {
          connection,
          kind: this.#kind,
          document_id: storableText(id),
          observed_at: observedAt,
          content: JSON.stringify(content),
        };
      }),
    );
  }

  async get(
    connection: string,
    id: string = '',
  ): Promise<StoredDocument<T> | undefined> {
    const row = await this.#db('documents')
      .where({
        connection,
        kind: this.#kind,
        document_id: storableText(id),
      })
      .first<DocumentRow | undefined>('document_id', 'observed_at', 'content');
    return row && fromRow<T>(row);
  }

  /** Newest first; of one time only, when `at` is told. */
  async list(
    connection: string,
    options: { limit: number; at?: string },
  ): Promise<Array<StoredDocument<T>>> {
    const at = epochMs(options.at);
    const query = this.#db('documents').where({
      connection,
      kind: this.#kind,
    });
    if (at !== undefined) query.where('observed_at', at);
    const rows: DocumentRow[] = await query
      .orderBy([
        { column: 'observed_at', order: 'desc' },
        { column: 'document_id' },
      ])
      .limit(options.limit)
      .select('document_id', 'observed_at', 'content');
    return rows.map(row => fromRow<T>(row));
  }
}

interface DocumentRow {
  document_id: string;
  observed_at: DbNumber;
  content: string;
}

function fromRow<T>(row: DocumentRow): StoredDocument<T> {
  const content: T = JSON.parse(row.content);
  return {
    id: row.document_id,
    at: new Date(Number(row.observed_at)).toISOString(),
    content,
  };
}
