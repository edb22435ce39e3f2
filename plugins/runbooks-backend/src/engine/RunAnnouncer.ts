import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  type Run,
  type RunApproval,
  RUNBOOKS_SIGNALS_CHANNEL,
} from '@lakehouse-ops/plugin-runbooks-common';
import { noticeOf, type RunNotice } from './noticeOf';

const MAX_TOLD = 10_000;

/** Tells browsers, who started a run, and who is asked to approve it, how it goes. */
export class RunAnnouncer {
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;
  readonly #told = new Set<string>();

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
    const notice = noticeOf(run, Date.now());
    if (notice && this.#isNew(run, notice)) this.#notify(run, notice);
  }

  /** Tells the person who started a run what somebody decided on it. */
  announceDecision(run: Run, said: RunApproval): void {
    this.#notify(run, {
      about: 'decision',
      recipients: [run.startedBy],
      title: `${run.title}: ${said.decision} by ${said.by}`,
      description: said.comment,
      severity: said.decision === 'approved' ? 'normal' : 'high',
    });
  }

  #notify(run: Run, notice: RunNotice): void {
    this.#attempt('a notification', async () =>
      this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef:
            notice.recipients.length === 1
              ? notice.recipients[0]
              : [...notice.recipients],
          ...(notice.excluded ? { excludeEntityRef: notice.excluded } : {}),
        },
        payload: {
          title: notice.title,
          description: notice.description,
          link: `/runbooks/runs/${run.id}`,
          severity: notice.severity,
          topic: 'runbooks',
          scope: `runbooks:run:${run.id}${
            notice.about === 'end' ? '' : `:${notice.about}`
          }`,
        },
      }),
    );
  }

  /** The same waiting is told once, however often the run is announced meanwhile. */
  #isNew(run: Run, { about }: RunNotice): boolean {
    const key = [run.id, about, run.waitingFor?.since].join(' ');
    if (this.#told.has(key)) return false;
    if (this.#told.size >= MAX_TOLD) this.#told.clear();
    this.#told.add(key);
    return true;
  }

  #attempt(what: string, send: () => Promise<void>): void {
    send().catch(error => {
      this.#logger.warn(
        `Could not send ${what} about a run: ${toError(error).message}`,
      );
    });
  }
}
