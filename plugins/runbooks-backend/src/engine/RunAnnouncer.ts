import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  type Run,
  type RunApproval,
  RUNBOOKS_SIGNALS_CHANNEL,
} from '@lakehouse-ops/plugin-runbooks-common';
import { personName } from '../approvals/personName';
import { noticeOf, type RunNotice } from './noticeOf';

const MAX_TOLD = 10_000;

/** Tells browsers, who started a run, and who is asked to approve it, how it goes. */
export class RunAnnouncer {
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;
  readonly #told = new Set<string>();
  #signalsFail = false;

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
    void this.#signal(run);
    const notice = noticeOf(run, Date.now());
    if (notice && this.#isNew(run, notice)) void this.#notify(run, notice);
  }

  /** Tells the person who started a run what somebody decided on it. */
  announceDecision(run: Run, said: RunApproval): void {
    void this.#notify(run, {
      about: 'decision',
      recipients: [run.startedBy],
      title: `${run.title}: ${said.decision} by ${personName(said.by)}`,
      description: said.comment,
      severity: said.decision === 'approved' ? 'normal' : 'high',
    });
  }

  async #signal(run: Run): Promise<void> {
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: RUNBOOKS_SIGNALS_CHANNEL,
        message: { runId: run.id, state: run.state },
      });
      this.#signalsFail = false;
    } catch (error) {
      // Said once until it works again: it would be said of each change.
      if (this.#signalsFail) return;
      this.#signalsFail = true;
      this.#logger.warn(
        `Open pages could not be told of a run, and look at it from time to time until that works again: ${
          toError(error).message
        }`,
      );
    }
  }

  async #notify(run: Run, notice: RunNotice): Promise<void> {
    try {
      await this.#notifications.send({
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
      });
    } catch (error) {
      this.#logger.warn(
        `Could not send a notification about a run: ${toError(error).message}`,
      );
    }
  }

  /** The same waiting is told once, however often the run is announced meanwhile. */
  #isNew(run: Run, { about }: RunNotice): boolean {
    const key = [run.id, about, run.waitingFor?.since].join(' ');
    if (this.#told.has(key)) return false;
    if (this.#told.size >= MAX_TOLD) this.#told.clear();
    this.#told.add(key);
    return true;
  }
}
