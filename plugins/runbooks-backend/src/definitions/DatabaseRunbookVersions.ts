import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { RunbookVersion } from '../engine/ports';
import { jsonText } from '../json/jsonSchemas';
import { definitionSchema } from './definitionSchema';
import type { RunbookVersions } from './RunbookVersions';

const TABLE = 'runbook_versions';
const LAST_GOOD = 'runbook_last_good';

const rowSchema = z.object({
  hash: z.string(),
  source: z.string(),
  definition: jsonText(definitionSchema),
});

const lastGoodSchema = z.object({ hash: z.string() });

/** {@link RunbookVersions} in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseRunbookVersions implements RunbookVersions {
  readonly #db: Knex;
  readonly #now: () => Date;

  /** @param options - the database has to be migrated */
  constructor(options: { db: Knex; now?: () => Date }) {
    this.#db = options.db;
    this.#now = options.now ?? (() => new Date());
  }

  async keep(version: RunbookVersion): Promise<void> {
    const { definition, hash, source } = version;
    await this.#db.transaction(async tx => {
      await tx(TABLE)
        .insert({
          hash,
          name: definition.name,
          source,
          definition: JSON.stringify(definition),
          first_seen_at: this.#now().toISOString(),
        })
        .onConflict('hash')
        .ignore();
      await tx(LAST_GOOD)
        .insert({ location_hash: keyOf(source), hash })
        .onConflict('location_hash')
        .merge();
    });
  }

  async get(hash: string): Promise<RunbookVersion | undefined> {
    const row: unknown = await this.#db(TABLE).where({ hash }).first();
    return row ? rowSchema.parse(row) : undefined;
  }

  async lastGood(source: string): Promise<RunbookVersion | undefined> {
    const row: unknown = await this.#db(LAST_GOOD)
      .where({ location_hash: keyOf(source) })
      .first('hash');
    if (!row) return undefined;
    const version = await this.get(lastGoodSchema.parse(row).hash);
    return version && { ...version, source };
  }
}

/** URLs are longer than keys may be. */
function keyOf(source: string): string {
  return createHash('sha256').update(source, 'utf8').digest('hex');
}
