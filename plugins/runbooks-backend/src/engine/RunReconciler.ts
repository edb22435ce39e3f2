import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { RunStore } from '../store/RunStore';
import { ENGINE_ACTOR } from './RunSession';
import type { RunWorker } from './RunWorker';

/** Expired previews are kept a little, to be told apart from unknown ones. */
const KEEP_EXPIRED_PREVIEWS_MS = 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;
const MAX_EXPIRED_AT_ONCE = 100;

/**
 * Goes on with runs whose process died, and with those that wait for room:
 * at startup and then regularly, in each replica.
 */
export class RunReconciler {
  readonly #store: RunStore;
  readonly #worker: RunWorker;
  readonly #logger: LoggerService;
  readonly #keepLogsMs: number;
  #prunedAtMs = 0;

  constructor(options: {
    store: RunStore;
    worker: RunWorker;
    logger: LoggerService;
    keepLogsMs: number;
  }) {
    this.#store = options.store;
    this.#worker = options.worker;
    this.#logger = options.logger;
    this.#keepLogsMs = options.keepLogsMs;
  }

  async schedule(scheduler: SchedulerService, everyMs: number): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-reconcile-runs',
      // Each replica looks for itself: taking a run is atomic, and a single
      // one would take no more than it has room for.
      scope: 'local',
      frequency: { milliseconds: everyMs },
      timeout: { minutes: 1 },
      fn: async () => this.reconcile(),
    });
  }

  async reconcile(): Promise<void> {
    await this.#wakeExpired();
    this.#worker.wake();
    if (Date.now() - this.#prunedAtMs >= PRUNE_EVERY_MS) {
      this.#prunedAtMs = Date.now();
      await this.#prune();
    }
  }

  /** What waited as long as it may is looked at: that it came to nothing is an end, too. */
  async #wakeExpired(): Promise<void> {
    const expired = await this.#store.listWaitExpired(
      new Date(),
      MAX_EXPIRED_AT_ONCE,
    );
    for (const runId of expired) {
      await this.#store.wake({
        runId,
        audit: {
          actor: ENGINE_ACTOR,
          event: 'wait-expired',
          runId,
          detail: {},
        },
      });
    }
  }

  async #prune(): Promise<void> {
    const now = Date.now();
    const previews = await this.#store.deletePreviewsExpiredBefore(
      new Date(now - KEEP_EXPIRED_PREVIEWS_MS),
    );
    const lines = await this.#store.deleteEventsOfRunsEndedBefore(
      new Date(now - this.#keepLogsMs),
    );
    if (previews + lines > 0) {
      this.#logger.info(
        `Deleted ${previews} previews that had expired and ${lines} log lines of old runs`,
      );
    }
  }
}
