import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type { CollectorKind } from './Collector';

/** Changes told within this time are looked at together. */
const GATHER_MS = 300;
/** A round that runs already may have looked before the change: another one follows it. */
const AGAIN_MS = 1_500;
const ATTEMPTS_MAX = 20;
/** A sweep over all tables costs much; a table that changed is told by name. */
const NEVER: readonly CollectorKind[] = ['tables'];

/**
 * Runs the collectors of a connection soon, because something was changed
 * there. It is the scheduler that runs them, so that it stays one replica at a
 * time; rounds follow each other, however many changes are told.
 */
export class CollectorReruns {
  readonly #scheduler: SchedulerService;
  readonly #logger: LoggerService;
  readonly #tasks = new Map<string, string[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  static create(options: {
    scheduler: SchedulerService;
    logger: LoggerService;
  }): CollectorReruns {
    return new CollectorReruns(options.scheduler, options.logger);
  }

  private constructor(scheduler: SchedulerService, logger: LoggerService) {
    this.#scheduler = scheduler;
    this.#logger = logger;
  }

  add(task: { connection: string; kind: CollectorKind; id: string }) {
    if (NEVER.includes(task.kind)) return;
    const known = this.#tasks.get(task.connection);
    if (known) known.push(task.id);
    else this.#tasks.set(task.connection, [task.id]);
  }

  /** Unknown connections have nothing to run. */
  request(connection: string) {
    for (const id of this.#tasks.get(connection) ?? []) {
      if (!this.#timers.has(id)) this.#wait(id, GATHER_MS, ATTEMPTS_MAX);
    }
  }

  /** Runs nothing more. */
  close() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#tasks.clear();
  }

  #wait(id: string, ms: number, attempts: number) {
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.#trigger(id, attempts).catch(error =>
        this.#logger.warn(
          `${id} was not run at once, but will be at its usual time: ${
            toError(error).message
          }`,
        ),
      );
    }, ms);
    this.#timers.set(id, timer.unref());
  }

  async #trigger(id: string, attempts: number) {
    try {
      await this.#scheduler.triggerTask(id);
    } catch (error) {
      const running = isError(error) && error.name === 'ConflictError';
      if (!running || attempts <= 1) throw error;
      if (!this.#timers.has(id)) this.#wait(id, AGAIN_MS, attempts - 1);
    }
  }
}
