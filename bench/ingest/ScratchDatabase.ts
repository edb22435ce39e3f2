import Knex from 'knex';
import type { Knex as Database } from 'knex';
import { Pool } from 'pg';

/** A schema of its own in a PostgreSQL that may hold other things, gone at the end. */
export class ScratchDatabase {
  readonly knex: Database;
  /** For what knex does not do. Sees the same schema. */
  readonly pool: Pool;
  readonly #schema: string;

  static async create(connectionString: string): Promise<ScratchDatabase> {
    const database = new ScratchDatabase(
      connectionString,
      `bench_ingest_${process.pid}`,
    );
    await database.knex.raw('CREATE SCHEMA ??', [database.#schema]);
    return database;
  }

  private constructor(connectionString: string, schema: string) {
    this.#schema = schema;
    this.knex = Knex({
      client: 'pg',
      connection: connectionString,
      searchPath: [schema],
      pool: { min: 0, max: 2 },
    });
    this.pool = new Pool({
      connectionString,
      max: 1,
      options: `-c search_path=${schema}`,
    });
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
    await this.knex.raw('DROP SCHEMA ?? CASCADE', [this.#schema]);
    await this.pool.end();
    await this.knex.destroy();
  }
}
