import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  isFinalRunState,
  type Run,
  RUNBOOKS_SIGNALS_CHANNEL,
} from '@lakehouse-ops/plugin-runbooks-common';

/** Runs that took longer are worth a notification: people have left the page. */
const NOTIFY_AFTER_MS = 10_000;

/** Tells browsers, and the person who started it, how a run goes. */
export class RunAnnouncer {
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  static create(options: {
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  }): RunAnnouncer {
    return new RunAnnouncer(options);
  }

  private constructor(options: {
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Never fails and never keeps a run waiting. */
  announce(run: Run): void {
    this.#attempt('a signal', async () =>
      this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: RUNBOOKS_SIGNALS_CHANNEL,
        message: { runId: run.id, state: run.state },
      }),
    );
    if (!isFinalRunState(run.state) || !tookLong(run)) return;
    this.#attempt('a notification', async () =>
      this.#notifications.send({
        recipients: { type: 'entity', entityRef: run.startedBy },
        payload: {
          title: `${run.title}: ${run.state.replace('-', ' ')}`,
          description: run.verification?.summary ?? run.error?.message,
          link: `/runbooks/runs/${run.id}`,
          severity: run.state === 'succeeded' ? 'normal' : 'high',
          topic: 'runbooks',
          scope: `runbooks:run:${run.id}`,
        },
      }),
    );
  }

  #attempt(what: string, send: () => Promise<void>): void {
    send().catch(error => {
      this.#logger.warn(
        `Could not send ${what} about a run: ${toError(error).message}`,
      );
    });
  }
}

function tookLong(run: Run): boolean {
  if (!run.endedAt) return false;
  return Date.parse(run.endedAt) - Date.parse(run.createdAt) > NOTIFY_AFTER_MS;
}
