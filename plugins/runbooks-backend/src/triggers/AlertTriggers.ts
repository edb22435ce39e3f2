import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import type { RunbookTrigger } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import type { RunbookSuggester } from '../suggestions/RunbookSuggester';
import { matchesSlo } from '../suggestions/matchesSlo';
import type { TriggeredStarter } from './TriggeredStarter';

/** Where alerts of SLOs are told. */
const ALERT_TOPIC = 'lakehouse.slo.alert';
/** Alerts that wait for their turn; more are not begun. */
const MAX_WAITING = 200;

const text = z.string().min(1).max(512);

const alertSchema = z.object({
  alertId: text,
  state: z.enum(['fired', 'resolved']),
  slo: z.object({ name: text }),
  indicator: text.optional(),
  entityRef: text.optional(),
  severity: text.optional(),
});

type Alert = z.output<typeof alertSchema>;

interface Options {
  readonly book: Pick<RunbookBook, 'list'>;
  readonly suggester: Pick<RunbookSuggester, 'parametersFor'>;
  readonly starter: Pick<TriggeredStarter, 'start'>;
  readonly ownCredentials: () => Promise<BackstageCredentials>;
  readonly logger: LoggerService;
}

/** Starts runbooks when the alert of an SLO fires that they have a trigger for. */
export class AlertTriggers {
  readonly #options: Options;
  #waiting = 0;
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
      // Whoever tells of an alert does not wait for what comes of it.
      onEvent: async event => {
        this.take(event);
      },
    });
  }

  /** Puts an alert in the queue. */
  take({ eventPayload }: Pick<EventParams, 'eventPayload'>): void {
    const { logger } = this.#options;
    const alert = alertSchema.safeParse(eventPayload);
    if (!alert.success) {
      logger.warn(
        `An event on ${ALERT_TOPIC} tells of no alert and was ignored: ${alert.error.message}`,
      );
      return;
    }
    if (alert.data.state !== 'fired') return;
    if (this.#waiting >= MAX_WAITING) {
      logger.error(
        `${MAX_WAITING} alerts wait to start runbooks; the alert ${alert.data.alertId} of ${alert.data.slo.name} starts none`,
      );
      return;
    }
    this.#waiting += 1;
    this.#turn = this.#turn
      .then(async () => this.#start(alert.data))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** When all alerts so far have had their turn. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  async #start(alert: Alert): Promise<void> {
    for (const version of this.#options.book.list()) {
      const { triggers } = version.definition;
      const trigger = triggers.find(one => startsFor(one, alert));
      if (trigger) await this.#startOne(alert, version, trigger);
    }
  }

  async #startOne(
    alert: Alert,
    version: RunbookVersion,
    trigger: RunbookTrigger,
  ): Promise<void> {
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
    } catch (error) {
      logger.warn(
        `The alert of ${slo.name} did not start ${name}: ${
          toError(error).message
        }`,
      );
    }
  }
}

function startsFor({ slo, start }: RunbookTrigger, alert: Alert): boolean {
  return (
    slo !== undefined &&
    start !== undefined &&
    matchesSlo(slo, { name: alert.slo.name, indicator: alert.indicator }) &&
    (slo.severity === undefined || slo.severity === alert.severity)
  );
}
