import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import { beginRun } from './beginRun';
import { freeLocks, type QueuedRun, readQueue, takeLocks } from './locks';
import { runFromRow } from './rows';

/** Gives locks that were freed to the runs that queue for them, first come first served. */
export class LockQueue {
  readonly #db: Knex;
  readonly #logger: LoggerService;
  #onGrant: (run: Run) => void = () => {};
  #granting: Promise<void> | undefined;
  #again = false;

  static async create(options: {
    database: DatabaseService;
    logger: LoggerService;
  }): Promise<LockQueue> {
    return new LockQueue(await options.database.getClient(), options.logger);
  }

  private constructor(db: Knex, logger: LoggerService) {
    this.#db = db;
    this.#logger = logger;
  }

  /** What is done with a run that got its locks. */
  onGrant(listener: (run: Run) => void): void {
    this.#onGrant = listener;
  }

  /** Looks regularly too: the process that freed a lock may have died right after. */
  async schedule(scheduler: SchedulerService, everyMs: number): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-grant-locks',
      scope: 'local',
      frequency: { milliseconds: everyMs },
      timeout: { minutes: 1 },
      fn: async () => this.wake(),
    });
  }

  /** Looks at the queue in the background, once more when it is called meanwhile. */
  wake(): Promise<void> {
    this.#again = true;
    this.#granting ??= this.#drain()
      .catch(error => {
        this.#logger.error(
          `Could not look at runs that wait for locks; trying again later: ${
            toError(error).message
          }`,
        );
      })
      .finally(() => {
        this.#granting = undefined;
      });
    return this.#granting;
  }

  async #drain(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      for (const queued of await readQueue(this.#db)) {
        const run = await this.#grant(queued);
        if (run) this.#onGrant(run);
      }
    }
  }

  /** @returns the run, when it got all it waited for */
  async #grant(queued: QueuedRun): Promise<Run | undefined> {
    const at = new Date();
    return this.#db.transaction(async trx => {
      const row: unknown = await trx('runbook_runs')
        .where({ id: queued.id, state: 'waiting' })
        .whereNotNull('wanted_locks')
        .forUpdate()
        .first();
      if (row === undefined) return undefined;
      const { run } = runFromRow(row);
      const held = await takeLocks(trx, {
        runId: run.id,
        holder: run.startedBy,
        at: at.toISOString(),
        keys: queued.keys,
      });
      if (held) {
        await freeLocks(trx, run.id);
        await trx('runbook_runs')
          .where({ id: run.id })
          .update({
            waiting_for: JSON.stringify({ ...run.waitingFor, ...held }),
          });
        return undefined;
      }
      const { waitingFor } = run;
      await beginRun(trx, {
        run,
        at: at.toISOString(),
        queuedBehind:
          waitingFor?.kind === 'lock' ? waitingFor.heldByRunId : undefined,
      });
      await appendAudit(
        trx,
        [
          {
            actor: 'plugin:runbooks',
            event: 'locks-granted',
            runId: run.id,
            detail: { keys: [...queued.keys] },
          },
        ],
        at,
      );
      const begun: unknown = await trx('runbook_runs')
        .where({ id: run.id })
        .first();
      return runFromRow(begun).run;
    });
  }
}
