import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Reconciliation,
  RunbookAction,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { withDeadline } from './withDeadline';
import { outputJson } from './outputJson';

const ASK_TIMEOUT_MS = 30_000;

/**
 * Asks an action whether an execution happened, again and again while it is
 * going on or can't be asked, until the patience is at its end. Then what was
 * said last stands.
 *
 * @throws the signal's reason when it is aborted
 */
export async function askReconcile(options: {
  action: RunbookAction;
  context: RunbookRunContext<unknown>;
  intervalMs: number;
  patienceMs: number;
  signal: AbortSignal;
}): Promise<Reconciliation<JsonObject>> {
  const { action, context, intervalMs, patienceMs, signal } = options;
  const until = Date.now() + patienceMs;
  let said = '';
  for (;;) {
    const truth = await askOnce(action, context, signal);
    if (truth.state !== 'in-progress') return truth;
    if (Date.now() + intervalMs > until) return truth;
    if (truth.reason !== said) {
      said = truth.reason;
      context.log.info(`${said}. Asking again.`);
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => {
      throw signal.reason;
    });
  }
}

async function askOnce(
  action: RunbookAction,
  context: RunbookRunContext<unknown>,
  outer: AbortSignal,
): Promise<Reconciliation<JsonObject>> {
  try {
    const truth = await withDeadline(
      {
        what: 'Asking whether it happened',
        timeoutMs: ASK_TIMEOUT_MS,
        signal: outer,
      },
      signal => action.reconcile({ ...context, signal }),
    );
    if (truth.state !== 'done') return truth;
    return {
      state: 'done',
      output: outputJson(action, truth.output),
    };
  } catch (error) {
    outer.throwIfAborted();
    return {
      state: 'in-progress',
      reason: `Whether it happened could not be asked: ${
        toError(error).message
      }`,
    };
  }
}
