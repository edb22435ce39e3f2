import { toError } from '@backstage/errors';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { withDeadline } from './withDeadline';

const TIME_TO_LIVE_MS = 30_000;
const TIMEOUT_MS = 10_000;
const MAX_ENTRIES = 1000;

/**
 * Asks actions whether a system could do it, and remembers for half a minute
 * by action and connection, so that a page with many buttons asks once.
 */
export class PreflightCache {
  readonly #answers = new Map<
    string,
    { answer: Promise<Allowance>; expiresAtMs: number }
  >();

  /** The answer as it was within the last half minute. */
  async ask(action: RunbookAction, target: RunTarget): Promise<Allowance> {
    const key = JSON.stringify([action.id, target.system, target.connection]);
    const known = this.#answers.get(key);
    if (known && known.expiresAtMs > Date.now()) return known.answer;
    if (this.#answers.size >= MAX_ENTRIES) this.#answers.clear();
    const answer = this.askNow(action, target);
    this.#answers.set(key, {
      answer,
      expiresAtMs: Date.now() + TIME_TO_LIVE_MS,
    });
    return answer;
  }

  /** The answer as it is now. A system that can't be asked is an answer too. */
  async askNow(action: RunbookAction, target: RunTarget): Promise<Allowance> {
    try {
      return await withDeadline(
        {
          what: `Asking ${target.system} ${target.connection}`,
          timeoutMs: TIMEOUT_MS,
        },
        signal => action.preflight({ target, signal }),
      );
    } catch (error) {
      return {
        allowed: false,
        reason: `Whether ${target.system} ${
          target.connection
        } can do this could not be found out: ${toError(error).message}`,
        remedy: 'Try again when the connection works.',
      };
    }
  }
}
