import { access, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { quoteTable } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import type { CrashCase, Prepared, Truth } from './CrashCase';

const CATALOG = 'iceberg';
export const SCHEMA = 'crash_tests';
const INSERTS = 4;

const answerSchema = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  stats: z.object({ state: z.string() }),
  error: z.object({ message: z.string() }).optional(),
});

/** The Trino actions, each on a table or query of its own. */
export function trinoCases(trino: TrinoConnection, url: string): CrashCase[] {
  const query = async (sql: string) =>
    (await trino.query(sql)).rows.map(row => Object.values(row));
  const count = async (sql: string) => Number((await query(sql))[0][0]);
  const meta = (table: string, name: string) =>
    quoteTable({ catalog: CATALOG, schema: SCHEMA, table: `${table}$${name}` });

  async function makeTable(label: string, inserts = INSERTS) {
    const table = `t_${label.replace(/\W+/g, '_')}`;
    const ref = { catalog: CATALOG, schema: SCHEMA, table };
    const name = quoteTable(ref);
    await query(`DROP TABLE IF EXISTS ${name}`);
    await query(`CREATE TABLE ${name} (id bigint, day date)`);
    for (let n = 0; n < inserts; n += 1) {
      await query(`INSERT INTO ${name} VALUES (${n}, DATE '2026-01-01')`);
    }
    return { name, table, parameters: { connection: trino.id, ...ref } };
  }

  return [
    {
      actionId: 'trino:kill-query',
      wave: 1,
      async prepare() {
        const { id, failure } = await startLongQuery(url);
        return {
          parameters: {
            connection: trino.id,
            queryId: id,
            message: 'Killed by the crash suite',
          },
          look: async () => {
            const [[state]] = await query(
              `SELECT state FROM system.runtime.queries WHERE query_id = '${id}'`,
            );
            if (state !== 'FAILED') return 'not-done';
            return /Killed by the crash suite/.test((await failure()) ?? '')
              ? 'done'
              : 'partly';
          },
          clear: async () => {
            await trino.kill(id, 'Over').catch(() => undefined);
          },
        };
      },
    },
    {
      actionId: 'trino:analyze-table',
      wave: 1,
      async prepare(label) {
        const { name, parameters } = await makeTable(`analyze ${label}`, 1);
        await query(`ALTER TABLE ${name} EXECUTE drop_extended_stats`);
        return {
          parameters,
          look: async () => {
            const rows = await query(`SHOW STATS FOR ${name}`);
            const known = rows.filter(row => row[0] && row[2] !== null).length;
            if (known === 0) return 'not-done';
            return known === 2 ? 'done' : 'partly';
          },
        };
      },
    },
    {
      actionId: 'trino:optimize-table',
      wave: 1,
      prepare: label =>
        onSnapshots(`optimize ${label}`, {
          measure: table =>
            count(`SELECT count(*) FROM ${meta(table, 'files')}`),
          isDone: files => files === 1,
        }),
    },
    {
      actionId: 'trino:optimize-manifests',
      wave: 1,
      prepare: label =>
        onSnapshots(`manifests ${label}`, {
          measure: table =>
            count(`SELECT count(*) FROM ${meta(table, 'manifests')}`),
          isDone: manifests => manifests === 1,
        }),
    },
    {
      actionId: 'trino:expire-snapshots',
      wave: 1,
      prepare: label =>
        onSnapshots(`expire ${label}`, {
          measure: table =>
            count(`SELECT count(*) FROM ${meta(table, 'snapshots')}`),
          isDone: snapshots => snapshots === 1,
          more: { retention: '0s' },
        }),
    },
    {
      actionId: 'trino:remove-orphan-files',
      wave: 1,
      async prepare(label) {
        const { table, parameters } = await makeTable(`orphans ${label}`, 1);
        const [[path]] = await query(
          `SELECT file_path FROM ${meta(table, 'files')}`,
        );
        const orphan = join(
          dirname(String(path).replace(/^file:\/*/, '/')),
          'orphan.parquet',
        );
        await writeFile(orphan, 'of a write that failed');
        return {
          parameters: { ...parameters, retention: '0s' },
          look: async () =>
            access(orphan).then(
              () => 'not-done',
              () => 'done',
            ),
        };
      },
    },
  ];

  async function onSnapshots(
    label: string,
    options: {
      measure(table: string): Promise<number>;
      isDone(value: number): boolean;
      more?: Record<string, string>;
    },
  ): Promise<Prepared> {
    const { table, parameters } = await makeTable(label);
    const before = await options.measure(table);
    return {
      parameters: { ...parameters, ...options.more },
      look: async (): Promise<Truth> => {
        const now = await options.measure(table);
        if (options.isDone(now)) return 'done';
        return now === before ? 'not-done' : 'partly';
      },
    };
  }
}

/**
 * A query that runs until it is killed and costs the cluster nothing: nobody
 * fetches what it found, so it waits with full buffers.
 */
async function startLongQuery(url: string) {
  const sent = await fetch(`${url}/v1/statement`, {
    method: 'POST',
    headers: { 'x-trino-user': 'lakehouse-ops' },
    body: 'SELECT * FROM tpch.sf1.lineitem',
  });
  let answer = answerSchema.parse(await sent.json());
  const { id } = answer;
  const next = async () => {
    const got = await fetch(answer.nextUri ?? '');
    answer = answerSchema.parse(await got.json());
  };
  while (answer.stats.state !== 'RUNNING') {
    if (!answer.nextUri) throw new Error(`Query ${id} does not run.`);
    await next();
  }
  return {
    id,
    failure: async () => {
      while (answer.nextUri && !answer.error) await next();
      return answer.error?.message;
    },
  };
}
