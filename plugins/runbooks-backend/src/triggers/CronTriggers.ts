import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { RunbookTrigger } from '@lakehouse-ops/plugin-runbooks-common';
import { CronExpressionParser } from 'cron-parser';
import { DateTime } from 'luxon';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import type { TriggeredStarter } from './TriggeredStarter';

const LOOK_EVERY = { seconds: 20 };
/** A time that nobody looked at for so long is missed, and not made up for. */
const GRACE_MS = 120_000;
const MAX_REMEMBERED = 10_000;

interface Options {
  readonly book: Pick<RunbookBook, 'list'>;
  readonly starter: Pick<TriggeredStarter, 'start'>;
  readonly logger: LoggerService;
}

/**
 * Starts runbooks at their times. One replica looks at a time, and each time
 * has a key of its own: it starts one run, however many look.
 */
export class CronTriggers {
  readonly #options: Options;
  /** Times that are over and done with. */
  readonly #done = new Set<string>();

  static create(options: Options): CronTriggers {
    return new CronTriggers(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-cron-triggers',
      scope: 'global',
      frequency: LOOK_EVERY,
      initialDelay: LOOK_EVERY,
      timeout: { minutes: 10 },
      fn: async () => this.look(),
    });
  }

  /** Starts what is due. */
  async look(now = new Date()): Promise<void> {
    for (const version of this.#options.book.list()) {
      for (const trigger of version.definition.triggers) {
        const due = this.#dueTime(version, trigger, now);
        if (due) await this.#start({ version, trigger, due });
      }
    }
  }

  #dueTime(
    version: RunbookVersion,
    { cron, start }: RunbookTrigger,
    now: Date,
  ): string | undefined {
    if (!cron || !start) return undefined;
    try {
      // The last time, this very moment included.
      const before = CronExpressionParser.parse(cron.expression, {
        tz: cron.timeZone,
        currentDate: new Date(now.getTime() + 1),
      }).prev();
      const agoMs = now.getTime() - before.getTime();
      return agoMs <= GRACE_MS ? before.toDate().toISOString() : undefined;
    } catch (error) {
      this.#once(`${version.hash} ${cron.expression}`, () =>
        this.#options.logger.error(
          `The times of ${version.definition.name} can't be told: ${
            toError(error).message
          }`,
        ),
      );
      return undefined;
    }
  }

  async #start(options: {
    version: RunbookVersion;
    trigger: RunbookTrigger;
    due: string;
  }): Promise<void> {
    const { version, trigger, due } = options;
    const { starter, logger } = this.#options;
    const { name } = version.definition;
    const expression = trigger.cron?.expression ?? '';
    // By the clock on the wall: in the hour that comes twice a year it starts once.
    const wall = DateTime.fromISO(due, { zone: trigger.cron?.timeZone });
    const cause = `${expression} ${trigger.cron?.timeZone} ${wall.toFormat(
      "yyyy-MM-dd'T'HH:mm",
    )}`;
    const key = `${name} ${cause}`;
    if (this.#done.has(key)) return;
    try {
      const run = await starter.start({
        version,
        parameters: trigger.start?.parameters ?? {},
        origin: { kind: 'schedule', detail: `${expression}, due at ${due}` },
        cause,
      });
      this.#once(key, () =>
        logger.info(`The time ${due} started ${name} as run ${run?.id}`),
      );
    } catch (error) {
      const message = `The time ${due} did not start ${name}: ${
        toError(error).message
      }`;
      // What is in the way now may be gone at the next look.
      if (
        error instanceof ConflictError ||
        error instanceof ServiceUnavailableError
      ) {
        logger.info(message);
        return;
      }
      this.#once(key, () => logger.warn(message));
    }
  }

  #once(key: string, tell: () => void): void {
    if (this.#done.has(key)) return;
    const [oldest] = this.#done;
    if (this.#done.size >= MAX_REMEMBERED) this.#done.delete(oldest);
    this.#done.add(key);
    tell();
  }
}
