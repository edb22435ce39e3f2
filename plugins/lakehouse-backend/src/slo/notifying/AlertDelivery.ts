import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { AlertRegister } from '../alerts/AlertRegister';
import { AlertmanagerTarget } from './AlertmanagerTarget';
import type { AlertMessage, AlertTarget } from './AlertMessage';
import type { ClaimedMessage, Outbox } from './Outbox';

/** Messages of one target in a round; the next round goes on. */
const MAX_MESSAGES = 20;
const ATTEMPT_MS = 30_000;
/** With one more attempt still less than a claim lasts. */
const MAX_ROUND_MS = 60_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000;
const GIVE_UP_MS = 24 * 3_600_000;
/** As Prometheus sends what fires again, unless told otherwise. */
const REFRESH_MS = 60_000;

interface Options {
  readonly outbox: Outbox;
  readonly register: Pick<AlertRegister, 'firingOfGroup'>;
  /** By the names that alert policies use. */
  readonly targets: ReadonlyMap<string, AlertTarget>;
  readonly logger: LoggerService;
  /** Longest time of one attempt. */
  readonly attemptMs?: number;
}

/**
 * Sends what is in the outbox: each message at least once, in order of its
 * thread, with growing pauses after failures, and for a day at the most.
 */
export class AlertDelivery {
  readonly #options: Options;
  readonly #refreshedAt = new Map<string, number>();

  static create(options: Options): AlertDelivery {
    return new AlertDelivery(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** One round. A target that does not answer holds up no other. */
  async run(options: { nowMs: number; signal: AbortSignal }): Promise<void> {
    const { outbox } = this.#options;
    await outbox.releaseSilenced(options.nowMs);
    const due = await outbox.dueTargets(options.nowMs);
    await Promise.all([
      ...due.map(target => this.#drain(target, options)),
      ...this.#alertmanagers().map(([name, target]) =>
        this.#refresh(name, target, options),
      ),
    ]);
  }

  async #drain(
    target: string,
    { nowMs, signal }: { nowMs: number; signal: AbortSignal },
  ): Promise<void> {
    const { outbox } = this.#options;
    const endMs = performance.now() + MAX_ROUND_MS;
    for (let sent = 0; sent < MAX_MESSAGES && !signal.aborted; sent += 1) {
      // Claims go by the beginning of the round: none may outlast its lease.
      if (performance.now() > endMs) return;
      const message = await outbox.claim(target, nowMs);
      if (!message) return;
      if (!(await this.#deliver(message, { nowMs, signal }))) return;
    }
  }

  /** Whether it makes sense to go on with the target now. */
  async #deliver(
    claimed: ClaimedMessage,
    { nowMs, signal }: { nowMs: number; signal: AbortSignal },
  ): Promise<boolean> {
    const { outbox, register, targets } = this.#options;
    const message = await this.#withoutSilenced(claimed, nowMs);
    const ids = message.deliveries.map(({ id }) => id);
    if (!ids.length) return true;
    const target = targets.get(message.target);
    if (!target) {
      await outbox.failed(ids, {
        error: `'${message.target}' is not among lakehouse.slo.notificationTargets of the config. Add it there, or name another target in the alert policy.`,
        nowMs,
      });
      return true;
    }
    const events = message.deliveries.map(({ event }) => event);
    const told = new Set(
      events.flatMap(event => ('alertId' in event ? [event.alertId] : [])),
    );
    const group = await register.firingOfGroup(message.threadId);
    try {
      await attempt({
        target,
        message: {
          id: message.id,
          threadId: message.threadId,
          target: message.target,
          events,
          stillFiring: group.filter(({ alertId }) => !told.has(alertId)),
        },
        signal,
        attemptMs: this.#options.attemptMs ?? ATTEMPT_MS,
      });
    } catch (error) {
      await this.#missed(message, error, nowMs);
      return error instanceof NotFoundError;
    }
    await outbox.sent(ids, nowMs);
    return true;
  }

  /** What began or was crossed is not told while the SLO is silenced; what ended is, for it was told of. */
  async #withoutSilenced(
    message: ClaimedMessage,
    nowMs: number,
  ): Promise<ClaimedMessage> {
    const { outbox } = this.#options;
    const { deliveries } = message;
    const silenced = await outbox.silencedAmong(
      deliveries.map(({ event }) => event.sloId),
      nowMs,
    );
    const isSilenced = ({ event }: (typeof deliveries)[number]) =>
      event.kind !== 'resolved' && silenced.has(event.sloId);
    const quiet = deliveries.filter(isSilenced).map(({ id }) => id);
    if (quiet.length) await outbox.silenced(quiet, nowMs);
    return {
      ...message,
      deliveries: deliveries.filter(delivery => !isSilenced(delivery)),
    };
  }

  async #missed(
    message: ClaimedMessage,
    thrown: unknown,
    nowMs: number,
  ): Promise<void> {
    const { outbox, logger } = this.#options;
    const { deliveries, target } = message;
    const ids = deliveries.map(({ id }) => id);
    const reason = toError(thrown).message;
    const since = Math.min(...deliveries.map(({ createdAtMs }) => createdAtMs));
    if (thrown instanceof NotFoundError) {
      await outbox.failed(ids, { error: reason, nowMs });
    } else if (nowMs - since >= GIVE_UP_MS) {
      await outbox.failed(ids, {
        error: `given up after a day of attempts: ${reason}`,
        nowMs,
      });
      logger.error(
        `An alert was not delivered to '${target}' within a day: ${reason}`,
      );
    } else {
      const attempts = Math.max(...deliveries.map(each => each.attempts));
      await outbox.retryLater(ids, {
        error: reason,
        nextMs: nowMs + pauseMs(attempts),
      });
      logger.warn(
        `An alert was not delivered to '${target}' and is tried again: ${reason}`,
      );
    }
  }

  #alertmanagers(): Array<[string, AlertmanagerTarget]> {
    return [...this.#options.targets].flatMap(([name, target]) =>
      target instanceof AlertmanagerTarget ? [[name, target]] : [],
    );
  }

  async #refresh(
    name: string,
    target: AlertmanagerTarget,
    { nowMs, signal }: { nowMs: number; signal: AbortSignal },
  ): Promise<void> {
    const { outbox, logger } = this.#options;
    const last = this.#refreshedAt.get(name);
    // A clock that went back must not keep what fires from being told.
    if (last !== undefined && nowMs >= last && nowMs < last + REFRESH_MS) {
      return;
    }
    this.#refreshedAt.set(name, nowMs);
    try {
      const firing = await outbox.toldFiring(name, nowMs);
      await target.refresh(firing, { signal });
    } catch (error) {
      logger.warn(
        `What fires could not be told again to '${name}': ${
          toError(error).message
        }`,
      );
    }
  }
}

/** An attempt that ends, whatever the target does. */
async function attempt(options: {
  target: AlertTarget;
  message: AlertMessage;
  signal: AbortSignal;
  attemptMs: number;
}): Promise<void> {
  const { target, message, signal, attemptMs } = options;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]);
  const ended = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () =>
      reject(
        new ServiceUnavailableError(
          signal.aborted
            ? 'the backend shut down while it was being sent'
            : `no answer in ${attemptMs} ms; whether it arrived is not known`,
        ),
      ),
    );
  });
  await Promise.race([target.send(message, { signal: deadline }), ended]);
}

/** Doubles with each attempt; half of it at random, so that replicas and messages do not come at once. */
function pauseMs(attempts: number): number {
  const full = Math.min(
    LONGEST_RETRY_MS,
    FIRST_RETRY_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)),
  );
  return Math.round(full * (0.5 + Math.random() / 2));
}
