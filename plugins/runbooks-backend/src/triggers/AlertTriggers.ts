import type {
  BackstageCredentials,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import type { RunbookTrigger } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import type { RunbookSuggester } from '../suggestions/RunbookSuggester';
import type { RunStore } from '../store/RunStore';
import { type Alert, alertSchema } from './Alert';
import { MAX_HEARD } from './DatabaseHeardAlerts';
import type { HeardAlert, HeardAlerts } from './HeardAlerts';
import { startsForAlert } from './startsForAlert';
import type { TriggeredStarter } from './TriggeredStarter';

/** Where alerts of SLOs are told. */
const ALERT_TOPIC = 'lakehouse.slo.alert';
/** Alerts that nobody has dealt with for so long are taken up: whoever heard of them may be gone. */
const LEFT_AFTER_MS = 60_000;
const LOOK_EVERY = { seconds: 30 };

interface Options {
  readonly book: Pick<RunbookBook, 'list'>;
  readonly suggester: Pick<RunbookSuggester, 'parametersFor'>;
  readonly starter: Pick<TriggeredStarter, 'start'>;
  readonly heard: HeardAlerts;
  readonly store: Pick<RunStore, 'appendAudit'>;
  /** What was heard longer ago starts nothing any more. */
  readonly maxAlertAgeMs: number;
  readonly ownCredentials: () => Promise<BackstageCredentials>;
  readonly logger: LoggerService;
}

/**
 * Starts runbooks when the alert of an SLO fires that they have a trigger for.
 * What is heard is written down first: when this process dies before all is
 * started, whichever looks next goes on. No start is made twice, since each
 * has a key of its own.
 */
export class AlertTriggers {
  readonly #options: Options;
  #turn: Promise<void> = Promise.resolve();

  static create(options: Options): AlertTriggers {
    return new AlertTriggers(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async subscribe(events: Pick<EventsService, 'subscribe'>): Promise<void> {
    await events.subscribe({
      id: 'runbooks-alert-triggers',
      topics: [ALERT_TOPIC],
      // Whoever tells of an alert waits until it is written down, and not for what comes of it.
      onEvent: async event => this.take(event),
    });
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-alert-triggers',
      scope: 'global',
      frequency: LOOK_EVERY,
      initialDelay: LOOK_EVERY,
      timeout: { minutes: 10 },
      fn: async () => this.look(),
    });
  }

  /** Puts an alert in the queue. */
  async take({
    eventPayload,
  }: Pick<EventParams, 'eventPayload'>): Promise<void> {
    const { logger, heard } = this.#options;
    const told = alertSchema.safeParse(eventPayload);
    if (!told.success) {
      logger.warn(
        `An event on ${ALERT_TOPIC} tells of no alert and was ignored: ${told.error.message}`,
      );
      return;
    }
    const alert = told.data;
    if (alert.state !== 'fired') {
      // What has not begun by now is not needed any more.
      await heard.settle(alert.alertId);
      return;
    }
    let written: boolean;
    try {
      written = await heard.add(alert);
    } catch (error) {
      logger.error(
        `The alert ${alert.alertId} of ${
          alert.slo.name
        } could not be written down, and starts no runbook: ${
          toError(error).message
        }`,
      );
      return;
    }
    if (!written) {
      logger.error(
        `${MAX_HEARD} alerts wait to start runbooks; the alert ${alert.alertId} of ${alert.slo.name} starts none`,
      );
      return;
    }
    this.#queue(async () => this.#start(alert));
  }

  /** Takes up what was heard and left, and gives up what is too old. */
  async look(now = new Date()): Promise<void> {
    const { heard, maxAlertAgeMs } = this.#options;
    const left = await heard.heardBefore(
      new Date(now.getTime() - LEFT_AFTER_MS),
    );
    for (const one of left) {
      const old = now.getTime() - one.heardAt.getTime() > maxAlertAgeMs;
      this.#queue(async () =>
        old ? this.#giveUp(one) : this.#start(one.alert),
      );
    }
    await this.settled();
  }

  /** When all alerts so far have had their turn. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #queue(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(error => {
      this.#options.logger.error(
        `An alert could not be dealt with; it is looked at again: ${
          toError(error).message
        }`,
      );
    });
  }

  async #start(alert: Alert): Promise<void> {
    let settled = true;
    for (const { version, trigger } of this.#startedBy(alert)) {
      const done = await this.#startOne(alert, version, trigger);
      settled &&= done;
    }
    // Right after a start the files are not read yet.
    const known = this.#options.book.list().length > 0;
    if (settled && known) await this.#options.heard.settle(alert.alertId);
  }

  #startedBy(alert: Alert) {
    return this.#options.book.list().flatMap(version => {
      const { triggers } = version.definition;
      const trigger = triggers.find(one => startsForAlert(one, alert));
      return trigger ? [{ version, trigger }] : [];
    });
  }

  /** An old alert does not act: how it is by now is for people to see. */
  async #giveUp({ alert, heardAt }: HeardAlert): Promise<void> {
    const { logger, heard, store } = this.#options;
    const runbooks = this.#startedBy(alert).map(
      ({ version }) => version.definition.name,
    );
    if (runbooks.length === 0) {
      await heard.settle(alert.alertId);
      return;
    }
    const message = `The alert ${alert.alertId} of ${
      alert.slo.name
    } was heard at ${heardAt.toISOString()} and could not start ${runbooks.join(
      ', ',
    )} in time. Nothing is started by it any more (runbooks.triggers.maxAlertAge): look at the SLO, and start the runbook yourself if it still fires.`;
    logger.warn(message);
    await store.appendAudit({
      actor: 'plugin:runbooks',
      event: 'trigger-lapsed',
      detail: {
        alertId: alert.alertId,
        slo: alert.slo.name,
        runbooks,
        message,
      },
    });
    await heard.settle(alert.alertId);
  }

  /** @returns whether nothing is left to be tried */
  async #startOne(
    alert: Alert,
    version: RunbookVersion,
    trigger: RunbookTrigger,
  ): Promise<boolean> {
    const { suggester, starter, logger, ownCredentials } = this.#options;
    const { alertId, slo, indicator, entityRef } = alert;
    const { name } = version.definition;
    try {
      const filled = await suggester.parametersFor(
        version,
        { entityRef, slo: { name: slo.name, indicator } },
        await ownCredentials(),
      );
      const run = await starter.start({
        version,
        parameters: { ...filled, ...trigger.start?.parameters },
        entityRef,
        origin: { kind: 'alert', detail: slo.name },
        cause: `alert ${alertId}`,
      });
      if (run) {
        logger.info(
          `The alert of ${slo.name} started ${name} as run ${run.id}`,
        );
      }
      return true;
    } catch (error) {
      const refused = isRefusal(error);
      logger.warn(
        `The alert of ${slo.name} did not start ${name}${
          refused ? '' : ', and it is tried again'
        }: ${toError(error).message}`,
      );
      return refused;
    }
  }
}

/** Asked again, it would be refused again. */
function isRefusal(error: unknown): boolean {
  return [ConflictError, InputError, NotAllowedError, NotFoundError].some(
    refusal => error instanceof refusal,
  );
}
