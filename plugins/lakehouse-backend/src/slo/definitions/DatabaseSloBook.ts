import type {
  SloFileStatus,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sqlDialect } from '../../observations/dialect';
import { readStored, storageError } from '../../observations/storageError';
import {
  BookPlan,
  fileKey,
  planBookChanges,
  StandingSlo,
} from './planBookChanges';
import type { SloBook, SloBookChanges, StoredSlo } from './SloBook';
import {
  FILE_STATUS_COLUMNS,
  fileStatusFrom,
  rowOfFile,
  SloFileRow,
  SloRow,
  standingFromRow,
  storedFrom,
  type FileStatusRow,
} from './sloBookRows';
import { rowChunks } from './rowChunks';
import type { SloFileKey, SloFileUpdate } from './SloBookUpdate';
import { VersionShelf } from './VersionShelf';
import { changesAnything, writeBookPlan } from './writeBookPlan';

/** How long it is taken for granted that no other replica changed anything. */
const FRESH_MS = 1_000;

interface Held {
  readonly revision: number;
  readonly slos: readonly StoredSlo[];
  readonly byId: ReadonlyMap<string, StoredSlo>;
  readonly idsByFile: ReadonlyMap<string, string[]>;
}

/** A file that stands in the book. */
export interface KnownSloFile extends SloFileKey {
  /** Text of the version in use. */
  readonly content?: string;
  /** Epoch ms since which nothing names it. */
  readonly missingSinceMs?: number;
  /** SLOs of the version in use. */
  readonly slos: readonly string[];
}

/** {@link SloBook} on SQLite and PostgreSQL. The schema must be up to date. */
export class DatabaseSloBook implements SloBook {
  readonly #db: Knex;
  readonly #now: () => number;
  readonly #shelf: VersionShelf;
  #held: Held | undefined;
  #checkedMs = -Infinity;
  #loading: Promise<Held> | undefined;

  /** @param options - `now`: epoch ms */
  static create(options: { db: Knex; now?: () => number }): DatabaseSloBook {
    return new DatabaseSloBook(options.db, options.now ?? Date.now);
  }

  private constructor(db: Knex, now: () => number) {
    this.#db = db;
    this.#shelf = VersionShelf.create({ db });
    this.#now = now;
  }

  async list(): Promise<readonly StoredSlo[]> {
    return (await this.#current()).slos;
  }

  async get(id: string): Promise<StoredSlo | undefined> {
    return (await this.#current()).byId.get(id);
  }

  /** Changes whenever an SLO does; equal numbers mean that nothing did. */
  async revision(): Promise<number> {
    return (await this.#current()).revision;
  }

  async versions(id: string): Promise<SloVersion[]> {
    return (await this.versionsOf([id])).get(id) ?? [];
  }

  async versionsOf(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, SloVersion[]>> {
    const { byId } = await this.#current();
    return this.#shelf.versionsOf(ids, byId);
  }

  async files(only?: {
    entityRef?: string;
    locations: readonly string[];
  }): Promise<SloFileStatus[]> {
    const { idsByFile } = await this.#current();
    const rows = await readStored<FileStatusRow[]>(() => {
      const query = this.#db('slo_files')
        .whereNull('missing_since')
        .orderBy(['owned_by', 'location'])
        .select([...FILE_STATUS_COLUMNS]);
      if (!only) return query;
      const { entityRef, locations } = only;
      return query.where(some => {
        some.whereRaw(`location IN (${sqlDialect(this.#db).textsOfJson})`, [
          JSON.stringify(locations),
        ]);
        if (entityRef) some.orWhere('owned_by', entityRef);
      });
    });
    return rows.map(row =>
      fileStatusFrom(row, idsByFile.get(keyOfRow(row)) ?? []),
    );
  }

  /** All files of the book, with the texts that are in use. */
  async knownFiles(): Promise<KnownSloFile[]> {
    const [rows, slos] = await readStored(() =>
      Promise.all([this.#fileRows(this.#db), this.#idsByFile(this.#db)]),
    );
    return rows.map(row => ({
      namedBy: row.owned_by || undefined,
      location: row.location,
      content: row.content ?? undefined,
      missingSinceMs:
        row.missing_since === null ? undefined : Number(row.missing_since),
      slos: slos.get(keyOfRow(row)) ?? [],
    }));
  }

  /**
   * Takes what a look at files told, all or nothing. Replicas that do so at
   * the same time come one after the other.
   *
   * @param options - `missing`: files that nothing names, but for a while
   * only; `ended`: those whose SLOs end
   */
  async apply(options: {
    updates: readonly SloFileUpdate[];
    missing?: readonly SloFileKey[];
    ended?: readonly SloFileKey[];
  }): Promise<SloBookChanges> {
    const { updates, missing = [], ended = [] } = options;
    try {
      const plan = await this.#db.transaction(async trx => {
        // Takes the lock that makes writers queue, on both databases.
        await trx('slo_book').where('id', 1).update({ id: 1 });
        const atMs = this.#now();
        const planned = await this.#plan(trx, { updates, ended, atMs });
        await writeBookPlan(trx, planned, atMs);
        await this.#writeFiles(trx, { updates, missing, ended, atMs });
        return planned;
      });
      if (changesAnything(plan)) this.#held = undefined;
      return {
        added: plan.added.map(({ id }) => id),
        changed: plan.changed.map(({ id }) => id),
        removed: plan.removed,
      };
    } catch (error) {
      throw storageError(error);
    }
  }

  async #plan(
    trx: Knex.Transaction,
    options: {
      updates: readonly SloFileUpdate[];
      ended: readonly SloFileKey[];
      atMs: number;
    },
  ): Promise<BookPlan> {
    const rows: SloRow[] = await trx('slos').select();
    const standing = new Map<string, StandingSlo>(
      rows.map(row => [row.id, standingFromRow(row)]),
    );
    const ids = options.updates.flatMap(
      ({ good }) => good?.slos.map(({ id }) => id) ?? [],
    );
    const last = await lastVersions(trx, ids);
    return planBookChanges({
      standing,
      updates: options.updates,
      ended: new Set(options.ended.map(fileKey)),
      lastVersion: id => last.get(id) ?? 0,
      at: new Date(options.atMs).toISOString(),
    });
  }

  async #writeFiles(
    trx: Knex.Transaction,
    options: {
      updates: readonly SloFileUpdate[];
      missing: readonly SloFileKey[];
      ended: readonly SloFileKey[];
      atMs: number;
    },
  ) {
    const { updates, missing, ended, atMs } = options;
    const before = new Map(
      (await this.#fileRows(trx)).map(row => [keyOfRow(row), row]),
    );
    const rows = updates.map(update =>
      rowOfFile(update, { before: before.get(fileKey(update)), atMs }),
    );
    for (const part of rowChunks(rows)) {
      await trx('slo_files')
        .insert(part)
        .onConflict(['owned_by', 'location'])
        .merge();
    }
    for (const { namedBy = '', location } of missing) {
      await trx('slo_files')
        .where({ owned_by: namedBy, location })
        .whereNull('missing_since')
        .update({ missing_since: atMs });
    }
    for (const { namedBy = '', location } of ended) {
      await trx('slo_files').where({ owned_by: namedBy, location }).delete();
    }
  }

  async #current(): Promise<Held> {
    const held = this.#held;
    if (held && this.#now() - this.#checkedMs < FRESH_MS) return held;
    this.#loading ??= readStored(() => this.#load()).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Held> {
    const checkedMs = this.#now();
    const row = await this.#db('slo_book').where('id', 1).first('revision');
    const revision = Number(row?.revision ?? 0);
    if (this.#held?.revision !== revision) {
      const rows: SloRow[] = await this.#db('slos').orderBy('id').select();
      const slos = rows.map(each => storedFrom(standingFromRow(each)));
      const byId = new Map(slos.map(slo => [slo.id, slo]));
      this.#held = { revision, slos, byId, idsByFile: groupByFile(rows) };
    }
    this.#checkedMs = checkedMs;
    return this.#held;
  }

  async #fileRows(db: Knex): Promise<SloFileRow[]> {
    return db('slo_files').orderBy(['owned_by', 'location']).select();
  }

  async #idsByFile(db: Knex): Promise<ReadonlyMap<string, string[]>> {
    const rows: Array<Pick<SloRow, 'id' | 'owned_by' | 'location'>> = await db(
      'slos',
    )
      .orderBy('id')
      .select('id', 'owned_by', 'location');
    return groupByFile(rows);
  }
}

function groupByFile(
  rows: ReadonlyArray<Pick<SloRow, 'id' | 'owned_by' | 'location'>>,
): ReadonlyMap<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const row of rows) {
    const key = keyOfRow(row);
    const of = ids.get(key);
    if (of) of.push(row.id);
    else ids.set(key, [row.id]);
  }
  return ids;
}

async function lastVersions(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const last = new Map<string, number>();
  for (const part of rowChunks(ids)) {
    const rows: Array<{ slo_id: string; last: number | string }> = await trx(
      'slo_versions',
    )
      .whereIn('slo_id', part)
      .groupBy('slo_id')
      .select('slo_id')
      .max({ last: 'version' });
    for (const row of rows) last.set(row.slo_id, Number(row.last));
  }
  return last;
}

function keyOfRow(row: { owned_by: string; location: string }): string {
  return fileKey({ namedBy: row.owned_by, location: row.location });
}
