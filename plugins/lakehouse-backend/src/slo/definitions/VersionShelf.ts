import type { SloVersion } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sqlDialect } from '../../observations/dialect';
import { readStored } from '../../observations/storageError';
import type { StoredSlo } from './SloBook';
import { type SloVersionRow, versionFromRow } from './sloBookRows';

/** Versions of an SLO that are told, and kept. */
export const VERSIONS_MAX = 50;
/** SLOs whose versions one statement reads. */
const CHUNK = 100;
/** Versions of all SLOs together that are held in memory: some 2 KB each. */
const HELD_MAX = 5_000;

/**
 * Reads versions of SLOs, and holds them for as long as the newest of them
 * stands: nothing of them changes until another follows.
 */
export class VersionShelf {
  readonly #db: Knex;
  readonly #held = new Map<string, readonly SloVersion[]>();
  #size = 0;

  static create(options: { db: Knex }): VersionShelf {
    return new VersionShelf(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Newest first; an entry for each id that is known.
   *
   * @param standing - SLOs as they stand, by id
   */
  async versionsOf(
    ids: readonly string[],
    standing: ReadonlyMap<string, Pick<StoredSlo, 'version' | 'since'>>,
  ): Promise<ReadonlyMap<string, SloVersion[]>> {
    const versions = new Map<string, SloVersion[]>();
    const unknown: string[] = [];
    for (const id of new Set(ids)) {
      const held = this.#held.get(id);
      const slo = standing.get(id);
      const isNewest =
        held?.[0].version === slo?.version && held?.[0].from === slo?.since;
      if (held && isNewest) versions.set(id, [...held]);
      else unknown.push(id);
    }
    for (const [id, read] of await this.#read(unknown)) {
      versions.set(id, read);
      this.#hold(id, [...read]);
    }
    return versions;
  }

  async #read(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, SloVersion[]>> {
    const versions = new Map<string, SloVersion[]>();
    const { textsOfJson } = sqlDialect(this.#db);
    for (let start = 0; start < ids.length; start += CHUNK) {
      const rows: SloVersionRow[] = await readStored(() =>
        this.#db('slo_versions')
          .whereRaw(`slo_id IN (${textsOfJson})`, [
            JSON.stringify(ids.slice(start, start + CHUNK)),
          ])
          .orderBy('version', 'desc')
          .select(),
      );
      for (const row of rows) {
        const of = versions.get(row.slo_id) ?? [];
        if (of.length < VERSIONS_MAX) of.push(versionFromRow(row));
        versions.set(row.slo_id, of);
      }
    }
    return versions;
  }

  #hold(id: string, versions: readonly SloVersion[]): void {
    this.#drop(id);
    // Of what stands no longer, another may come at any time.
    if (versions[0]?.until !== undefined) return;
    this.#held.set(id, versions);
    this.#size += versions.length;
    for (const oldest of this.#held.keys()) {
      if (this.#size <= HELD_MAX) break;
      this.#drop(oldest);
    }
  }

  #drop(id: string): void {
    this.#size -= this.#held.get(id)?.length ?? 0;
    this.#held.delete(id);
  }
}
