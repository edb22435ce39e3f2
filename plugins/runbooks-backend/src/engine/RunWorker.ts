import type { LoggerService } from '@backstage/backend-plugin-api';
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
import { LeaseHeart } from './LeaseHeart';
import type { CredentialKeeper } from './ports';
import type { RunExecutor } from './RunExecutor';
import { RunInterruption } from './RunInterruption';
import { RunSession } from './RunSession';
import { StoreRetries } from './StoreRetries';

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
  readonly #credentials: Pick<CredentialKeeper, 'forget'>;
  readonly #logger: LoggerService;
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #maxConcurrentRuns: number;
  readonly #maxEventsPerRun: number;
  readonly #onChange: (run: Run) => void;
  readonly #onLog: (runId: string) => void;
  readonly #held = new Map<string, Held>();
  #filling: Promise<void> | undefined;
  #fillAgain = false;
  #shuttingDown = false;

  constructor(options: {
    store: RunStore;
    executor: RunExecutor;
    credentials: Pick<CredentialKeeper, 'forget'>;
    logger: LoggerService;
    /** Unique to this process. */
    owner: string;
    leaseMs: number;
    maxConcurrentRuns: number;
    maxEventsPerRun: number;
    onChange: (run: Run) => void;
    onLog: (runId: string) => void;
  }) {
    this.#store = options.store;
    this.#executor = options.executor;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#owner = options.owner;
    this.#leaseMs = options.leaseMs;
    this.#maxConcurrentRuns = options.maxConcurrentRuns;
    this.#maxEventsPerRun = options.maxEventsPerRun;
    this.#onChange = options.onChange;
    this.#onLog = options.onLog;
  }

  /** Takes runs that are to go on, while there is room. Runs in the background. */
  wake(): void {
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
    const takenAtMs = performance.now();
    const record = await this.#store.claim({
      runId,
      owner: this.#owner,
      leaseMs: this.#leaseMs,
    });
    if (!record) return;
    const cancel = new AbortController();
    const stop = new AbortController();
    const ended = this.#hold({ record, cancel, stop, takenAtMs }).finally(
      () => {
        this.#held.delete(runId);
        this.wake();
      },
    );
    this.#held.set(runId, { cancel, stop, ended });
  }

  async #hold(options: {
    record: RunRecord;
    cancel: AbortController;
    stop: AbortController;
    takenAtMs: number;
  }): Promise<void> {
    const { record, cancel, stop, takenAtMs } = options;
    const { id: runId } = record.run;
    const lease: RunLease = {
      runId,
      owner: this.#owner,
      fencingToken: record.fencingToken,
    };
    const onCancel = (by: string | undefined) => {
      if (by !== undefined) cancel.abort(cancelledBy(by));
    };
    onCancel(record.run.cancelRequestedBy);
    const retries = new StoreRetries({
      logger: this.#logger,
      leaseMs: this.#leaseMs,
    });
    const heart = LeaseHeart.start({
      store: this.#store,
      logger: this.#logger,
      lease,
      leaseMs: this.#leaseMs,
      takenAtMs,
      onCancel,
      stop,
    });
    try {
      const session = new RunSession({
        store: this.#store,
        retries,
        lease,
        record,
        stepRecords: await retries.read(
          () => this.#store.getStepRecords(runId),
          stop.signal,
        ),
        maxEvents: this.#maxEventsPerRun,
        onChange: run => {
          onCancel(run.cancelRequestedBy);
          this.#onChange(run);
        },
        onLog: () => this.#onLog(runId),
      });
      await this.#executor.execute(session, {
        stop: stop.signal,
        cancel: cancel.signal,
        retries,
      });
      if (isFinalRunState(session.run.state)) {
        await this.#credentials.forget(runId);
      }
    } catch (error) {
      // What is true of the run stands in the database: the next holder goes on from there.
      const { message } = toError(error);
      if (error instanceof LeaseLostError) this.#logger.warn(message);
      else this.#logger.error(`Run ${runId} was interrupted: ${message}`);
    } finally {
      heart.end();
    }
  }
}

function cancelledBy(by: string): RunInterruption {
  return new RunInterruption('cancel', `It was cancelled by ${by}.`);
}
