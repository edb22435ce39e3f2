import type {
  BackstageCredentials,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsService,
  ActionsServiceAction,
} from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { ActionResolver } from '../engine/ActionRegistry';
import { JsonValidator } from '../json/JsonValidator';
import { createForeignAction } from './createForeignAction';
import { FOREIGN_PREFIX } from './foreignId';

const REFRESH_EVERY = { minutes: 1 };
/** A plugin that is asked while it starts answers with nothing: it is not forgotten at once. */
const FORGET_AFTER_MS = 10 * 60_000;
const MAX_ACTIONS = 1000;
const OWN_PLUGIN = 'runbooks';

/**
 * The actions of Backstage's actions registry, as steps of runbooks. They are
 * looked up regularly, so that an id is known, or not, without asking anybody.
 * Those of this plugin are left out: a run does not start runs.
 */
export class ForeignActions implements ActionResolver {
  readonly #service: ActionsService;
  readonly #ownCredentials: () => Promise<BackstageCredentials>;
  readonly #logger: LoggerService;
  readonly #validator = new JsonValidator();
  readonly #known = new Map<
    string,
    { text: string; action: RunbookAction; seenAtMs: number }
  >();

  static create(options: {
    actions: ActionsService;
    ownCredentials: () => Promise<BackstageCredentials>;
    logger: LoggerService;
  }): ForeignActions {
    return new ForeignActions(options);
  }

  private constructor(options: {
    actions: ActionsService;
    ownCredentials: () => Promise<BackstageCredentials>;
    logger: LoggerService;
  }) {
    this.#service = options.actions;
    this.#ownCredentials = options.ownCredentials;
    this.#logger = options.logger;
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-look-up-actions',
      // Each process has to know them.
      scope: 'local',
      frequency: REFRESH_EVERY,
      // The other plugins start at the same time.
      initialDelay: { seconds: 3 },
      timeout: REFRESH_EVERY,
      fn: async () => this.refresh(),
    });
  }

  /** @param id - with the prefix `registry:` */
  find(id: string): RunbookAction | undefined {
    return this.#known.get(id)?.action;
  }

  /** Looks the actions up anew; keeps what is known when that fails. */
  async refresh(now = Date.now()): Promise<void> {
    try {
      const { actions } = await this.#service.list({
        credentials: await this.#ownCredentials(),
      });
      for (const action of actions.slice(0, MAX_ACTIONS)) {
        if (action.pluginId !== OWN_PLUGIN) this.#keep(action, now);
      }
    } catch (error) {
      this.#logger.warn(
        `The actions of other plugins could not be looked up, so runbooks go by what was known before: ${
          toError(error).message
        }`,
      );
      return;
    }
    for (const [id, { seenAtMs }] of this.#known) {
      if (now - seenAtMs > FORGET_AFTER_MS) this.#known.delete(id);
    }
  }

  #keep(action: ActionsServiceAction, seenAtMs: number): void {
    const id = `${FOREIGN_PREFIX}${action.id}`;
    const text = JSON.stringify(action);
    const known = this.#known.get(id);
    if (known?.text === text) {
      known.seenAtMs = seenAtMs;
      return;
    }
    this.#known.set(id, {
      text,
      seenAtMs,
      action: createForeignAction({
        action,
        actions: this.#service,
        validator: this.#validator,
        isOffered: () => this.#known.has(id),
      }),
    });
  }
}
