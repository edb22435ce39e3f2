import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { RunbookPause } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import type { PauseReader } from '../engine/ports';
import { ALL, pauseFromRow, readPause } from './readPause';
import { wakePausedRuns } from './wakePausedRuns';

const MAX_PAUSES = 1000;

/** What holds runs back, in the database: it holds in all replicas, and after a restart. */
export class DatabasePauses implements PauseReader {
  readonly #db: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabasePauses> {
    return new DatabasePauses(
      await options.database.getClient(),
      options.now ?? (() => new Date()),
    );
  }

  private constructor(db: Knex, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async current(runbookId: string): Promise<RunbookPause | undefined> {
    return readPause(this.#db, runbookId);
  }

  async list(): Promise<RunbookPause[]> {
    const rows: unknown[] = await this.#db('runbook_pauses')
      .orderBy('at')
      .limit(MAX_PAUSES);
    return rows.map(pauseFromRow);
  }

  /** Holds runs back; what was said before of the same scope is replaced. */
  async pause(pause: Omit<RunbookPause, 'at'>): Promise<RunbookPause> {
    const stands = { ...pause, at: this.#now().toISOString() };
    const scope = scopeKey(pause.scope);
    const { by, reason, at } = stands;
    await this.#db.transaction(async trx => {
      await trx('runbook_pauses')
        .insert({ scope, by, reason, at })
        .onConflict('scope')
        .merge();
      await appendAudit(
        trx,
        [{ actor: by, event: 'paused', detail: { scope, reason } }],
        this.#now(),
      );
    });
    return stands;
  }

  /**
   * Ends a pause, and wakes the runs that waited for its end.
   *
   * @returns whether there was one
   */
  async end(scope: RunbookPause['scope'], by: string): Promise<boolean> {
    const key = scopeKey(scope);
    return this.#db.transaction(async trx => {
      const ended = await trx('runbook_pauses').where({ scope: key }).delete();
      if (ended === 0) return false;
      await wakePausedRuns(trx);
      await appendAudit(
        trx,
        [{ actor: by, event: 'pause-ended', detail: { scope: key } }],
        this.#now(),
      );
      return true;
    });
  }
}

function scopeKey(scope: RunbookPause['scope']): string {
  return scope === 'all' ? ALL : scope.runbookId;
}
