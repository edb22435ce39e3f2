import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { EventSource } from './EventSource';
import type { ScratchDatabase } from './ScratchDatabase';

const TABLES = ['queries', 'query_tables'] as const;

/** Rows in COPY's text format, as the store wrote them. */
export type CopyRows = Readonly<Record<(typeof TABLES)[number], string[]>>;

/** Reads back what our own path stored, to be copied in by the reference. */
export async function readRows(database: ScratchDatabase): Promise<CopyRows> {
  const read = async (table: string) => {
    const { rows } = await database.knex.raw<{ rows: object[] }>(
      `SELECT * FROM ${table} ORDER BY connection, query_id`,
    );
    return rows.map(
      row => `${Object.values(row).map(toCopyText).join('\t')}\n`,
    );
  };
  return {
    queries: await read('queries'),
    query_tables: await read('query_tables'),
  };
}

function toCopyText(value: unknown): string {
  if (value === null) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, character =>
    character === '\\'
      ? '\\\\'
      : { '\t': '\\t', '\n': '\\n', '\r': '\\r' }[character] ?? '',
  );
}

/**
 * The reference: each event through JSON.parse, then the very same rows by
 * COPY in one transaction. The rows are made before the clock starts, so the
 * reference reduces nothing and waits for no batch.
 */
export async function runReference(options: {
  database: ScratchDatabase;
  source: EventSource;
  rows: CopyRows;
  round: number;
  events: number;
}): Promise<void> {
  const { database, source, rows, round, events } = options;
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    for (const table of TABLES) {
      const copy = client.query(copyFrom(`COPY ${table} FROM STDIN`));
      const done = finished(copy);
      for (let index = 0; index < rows[table].length; index += 1) {
        if (table === 'queries' && index < events) {
          const event = JSON.parse(source.event(round, index).toString());
          if (!event.metadata.queryId) throw new Error('No event');
        }
        if (!copy.write(rows[table][index])) await once(copy, 'drain');
      }
      copy.end();
      await done;
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
