import Knex from 'knex';
import type { Knex as Database } from 'knex';
import { Client, Pool } from 'pg';

/** A database of its own on a server that may hold others, gone at the end. */
export class ScratchDatabase {
  readonly knex: Database;
  /** For what knex does not do. */
  readonly pool: Pool;
  readonly #serverUrl: string;
  readonly #name: string;

  /** @param serverUrl - of any database there, as a user who may create databases */
  static async create(
    serverUrl: string,
    label: string = 'ingest',
  ): Promise<ScratchDatabase> {
    const name = `bench_${label}_${process.pid}`;
    await onServer(serverUrl, `CREATE DATABASE ${name}`);
    return new ScratchDatabase(serverUrl, name);
  }

  private constructor(serverUrl: string, name: string) {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const connectionString = url.toString();
    this.#serverUrl = serverUrl;
    this.#name = name;
    this.knex = Knex({
      client: 'pg',
      connection: connectionString,
      pool: { min: 0, max: 2 },
    });
    this.pool = new Pool({ connectionString, max: 1 });
  }

  /** Empties the tables that events go to, so that each round begins alike. */
  async clear(): Promise<void> {
    await this.knex.raw('TRUNCATE queries, query_tables, witnesses');
  }

  async count(table: string): Promise<number> {
    const [{ count }] = await this.knex(table).count({ count: '*' });
    return Number(count);
  }

  async drop(): Promise<void> {
    await this.pool.end();
    await this.knex.destroy();
    await onServer(this.#serverUrl, `DROP DATABASE ${this.#name}`);
  }
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
