import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  LeaseLostError,
  type RunLease,
  type RunRecord,
  type RunStore,
} from '../store/RunStore';
import { BufferedRunLog } from './BufferedRunLog';
import type { RunExecutor } from './RunExecutor';
import { RunInterruption } from './RunInterruption';
import { RunSession } from './RunSession';

/** How long stopping runs may hold up a shutdown. */
const STOP_WITHIN_MS = 15_000;

interface Held {
  readonly cancel: AbortController;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Holds runs of this process: takes as many as it may, keeps their leases
 * alive, and lets go of what it lost.
 */
export class RunWorker {
  readonly #store: RunStore;
  readonly #executor: RunExecutor;
  readonly #logger: LoggerService;
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #maxConcurrentRuns: number;
  readonly #maxEventsPerRun: number;
  readonly #ownCredentials: () => Promise<BackstageCredentials>;
  readonly #onChange: (run: Run) => void;
  readonly #onLog: (runId: string) => void;
  readonly #held = new Map<string, Held>();
  readonly #credentials = new Map<string, BackstageCredentials>();
  #filling: Promise<void> | undefined;
  #fillAgain = false;
  #shuttingDown = false;

  constructor(options: {
    store: RunStore;
    executor: RunExecutor;
    logger: LoggerService;
    /** Unique to this process. */
    owner: string;
    leaseMs: number;
    maxConcurrentRuns: number;
    maxEventsPerRun: number;
    /** Stands in for the person's own after a restart, when those are gone. */
    ownCredentials: () => Promise<BackstageCredentials>;
    onChange: (run: Run) => void;
    onLog: (runId: string) => void;
  }) {
    this.#store = options.store;
    this.#executor = options.executor;
    this.#logger = options.logger;
    this.#owner = options.owner;
    this.#leaseMs = options.leaseMs;
    this.#maxConcurrentRuns = options.maxConcurrentRuns;
    this.#maxEventsPerRun = options.maxEventsPerRun;
    this.#ownCredentials = options.ownCredentials;
    this.#onChange = options.onChange;
    this.#onLog = options.onLog;
  }

  /** Takes waiting runs while there is room. Runs in the background. */
  wake(started?: { runId: string; credentials: BackstageCredentials }): void {
    if (started) this.#credentials.set(started.runId, started.credentials);
    this.#fillAgain = true;
    this.#filling ??= this.#fill()
      .catch(error => {
        this.#logger.error(
          `Could not take waiting runs; trying again later: ${
            toError(error).message
          }`,
        );
      })
      .finally(() => {
        this.#filling = undefined;
      });
  }

  /** Passes on that a run is to be stopped; takes it to end it when nobody holds it. */
  async cancel(runId: string, by: string): Promise<void> {
    const held = this.#held.get(runId);
    if (held) {
      held.cancel.abort(cancelledBy(by));
    } else {
      await this.#take(runId);
    }
  }

  /** Resolves when the runs held now have ended. */
  async idle(): Promise<void> {
    await this.#filling;
    await Promise.all([...this.#held.values()].map(held => held.ended));
  }

  /** Lets runs end by themselves for a while, then stops them and gives them back. */
  async shutdown(graceMs: number): Promise<void> {
    this.#shuttingDown = true;
    const timer = setTimeout(() => {
      for (const { stop } of this.#held.values()) {
        stop.abort(
          new RunInterruption('shutdown', 'The backend is being shut down.'),
        );
      }
    }, graceMs);
    // What does not let go by then is taken over when its lease ends.
    let giveUp: NodeJS.Timeout | undefined;
    const given = new Promise<void>(resolve => {
      giveUp = setTimeout(resolve, graceMs + STOP_WITHIN_MS);
    });
    await Promise.race([this.idle(), given]);
    clearTimeout(timer);
    clearTimeout(giveUp);
  }

  async #fill(): Promise<void> {
    while (this.#fillAgain) {
      this.#fillAgain = false;
      const room = this.#maxConcurrentRuns - this.#held.size;
      if (room <= 0) return;
      for (const runId of await this.#store.listClaimable(room)) {
        await this.#take(runId);
      }
    }
  }

  async #take(runId: string): Promise<void> {
    if (this.#shuttingDown || this.#held.has(runId)) return;
    const record = await this.#store.claim({
      runId,
      owner: this.#owner,
      leaseMs: this.#leaseMs,
    });
    if (!record) return;
    const cancel = new AbortController();
    const stop = new AbortController();
    const ended = this.#hold(record, cancel, stop).finally(() => {
      this.#held.delete(runId);
      this.wake();
    });
    this.#held.set(runId, { cancel, stop, ended });
  }

  async #hold(
    record: RunRecord,
    cancel: AbortController,
    stop: AbortController,
  ): Promise<void> {
    const { id: runId } = record.run;
    const lease: RunLease = {
      runId,
      owner: this.#owner,
      fencingToken: record.fencingToken,
    };
    if (record.run.cancelRequestedBy) {
      cancel.abort(cancelledBy(record.run.cancelRequestedBy));
    }
    const heart = this.#startHeart(lease, cancel, stop);
    const [kept] = await this.#store.getStepRecords(runId);
    const session = new RunSession({
      store: this.#store,
      lease,
      record: { ...record, memory: kept?.memory ?? record.memory },
      log: this.#openLog(lease),
      onChange: this.#onChange,
    });
    try {
      const credentials =
        this.#credentials.get(runId) ?? (await this.#ownCredentials());
      await this.#executor.execute(session, {
        stop: stop.signal,
        cancel: cancel.signal,
        credentials,
      });
    } catch (error) {
      // What is true of the run stands in the database: the next holder goes on from there.
      const { message } = toError(error);
      if (error instanceof LeaseLostError) this.#logger.warn(message);
      else this.#logger.error(`Run ${runId} was interrupted: ${message}`);
    } finally {
      clearInterval(heart);
      await session.log.flush();
      if (isFinalRunState(session.run.state)) this.#credentials.delete(runId);
    }
  }

  #startHeart(
    lease: RunLease,
    cancel: AbortController,
    stop: AbortController,
  ): NodeJS.Timeout {
    const beat = async () => {
      const kept = await this.#store.heartbeat(lease, this.#leaseMs);
      if (!kept) {
        stop.abort(
          new RunInterruption('lease-lost', `Run ${lease.runId} was lost.`),
        );
      } else if (kept.cancelRequestedBy) {
        cancel.abort(cancelledBy(kept.cancelRequestedBy));
      }
    };
    return setInterval(() => {
      beat().catch(error => {
        this.#logger.warn(
          `Could not keep hold of run ${lease.runId}; trying again: ${
            toError(error).message
          }`,
        );
      });
    }, this.#leaseMs / 3);
  }

  #openLog(lease: RunLease): BufferedRunLog {
    return new BufferedRunLog({
      append: async events => {
        const total = await this.#store.appendEvents(lease, events);
        this.#onLog(lease.runId);
        return total;
      },
      onFailure: error =>
        this.#logger.warn(
          `Lost some log lines of run ${lease.runId}: ${
            toError(error).message
          }`,
        ),
      maxEvents: this.#maxEventsPerRun,
    });
  }
}

function cancelledBy(by: string): RunInterruption {
  return new RunInterruption('cancel', `It was cancelled by ${by}.`);
}
