import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import { durationToMilliseconds, type JsonObject } from '@backstage/types';
import type {
  CheckStep,
  VerifyStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { actionContext } from '../ExecutionWork';
import { withDeadline } from '../withDeadline';
import { prepareAction } from './ActionInstance';
import type { Walk } from './Walk';
import { outputJson } from '../outputJson';

/**
 * Reads with an action that changes nothing, as often as its step allows.
 *
 * @throws InputError when the action is not of that kind; what it threw last;
 * the signal's reason when it is stopped or cancelled
 */
export async function readAction(
  walk: Walk,
  step: CheckStep | VerifyStep,
): Promise<JsonObject> {
  const { stop, cancel } = walk;
  const { action, work } = await prepareAction(walk, { key: step.id, step });
  if (!action.attributes.readOnly) {
    throw new Error(
      `${action.id} changes what it works on, and a step that reads may not use it.`,
    );
  }
  const { attempts = 1, delayMs = 0 } = step.retry ?? {};
  const outer = AbortSignal.any([stop, cancel]);
  for (let attempt = 1; ; attempt++) {
    try {
      const read = await withDeadline(
        {
          what: action.title,
          timeoutMs: step.timeoutMs ?? durationToMilliseconds(action.timeout),
          signal: outer,
        },
        signal => action.execute(actionContext(work, signal)),
      );
      return outputJson(action, read);
    } catch (error) {
      if (outer.aborted || attempt >= attempts) throw error;
      work.log.warn(
        `Attempt ${attempt} of ${attempts}: ${toError(error).message}`,
      );
    }
    await sleep(delayMs, undefined, { signal: outer }).catch(() => {
      throw outer.reason;
    });
  }
}
