import { toError } from '@backstage/errors';
import { durationToMilliseconds, type JsonObject } from '@backstage/types';
import type { Settlement } from '../ExecutionSettler';
import { actionContext } from '../ExecutionWork';
import { RunInterruption } from '../RunInterruption';
import { mergeChanges } from '../SessionChange';
import { withGrace } from '../withGrace';
import type { PreparedAction } from './ActionInstance';
import type { ActionAtHand } from './ActionRun';
import { interruptedHere } from './interrupted';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { failed, type StepOutcome } from './StepOutcome';
import { waitForPerson } from './waitForPerson';
import { personsCredentials } from './Walk';
import { outputJson } from '../outputJson';

/** How long an aborted action may take to come to a stop by itself. */
const ABORT_GRACE_MS = 10_000;

/** What came of executing an action. */
export type Acted =
  | { readonly kind: 'executed'; readonly output: JsonObject }
  | Settlement
  | StepOutcome;

/** Asks whether it may act, commits the intent, and acts. */
export async function actOn(
  at: ActionAtHand,
  prepared: PreparedAction,
): Promise<Acted> {
  const { walk, ids, instance } = at;
  const { session, ports, retries, settler, stop, cancel } = walk;
  const { action, target, work } = prepared;
  const checked = phaseEnded(walk, ids.check);
  const interrupted = interruptedHere(walk, checked);
  if (interrupted) return interrupted;
  if (!action.attributes.readOnly) {
    const credentials = await personsCredentials(walk);
    if (!credentials) return waitForPerson(at);
    const asked = { run: session.run, action, target, credentials };
    const allowance = await retries.read(() => ports.gate.mayAct(asked), stop);
    if (!allowance.allowed) {
      const message = [allowance.reason, allowance.remedy]
        .filter(Boolean)
        .join(' ');
      return failed(
        { step: ids.execute, message, alreadyDone: 'Nothing.' },
        mergeChanges(
          checked,
          phaseEnded(walk, ids.execute, { state: 'failed', message }),
        ),
      );
    }
  }
  const { attempt = 1 } = session.stepRecord(instance.key);
  await session.commit(
    mergeChanges(
      checked,
      phaseBegun(walk, ids.execute, attempt > 1 ? { attempt } : {}),
      { records: [{ key: instance.key, attempt }] },
    ),
  );
  const limit = limitedTo(
    instance.step.timeoutMs ?? durationToMilliseconds(action.timeout),
  );
  const signal = AbortSignal.any([stop, cancel, limit.signal]);
  try {
    const done = await withGrace(
      action.execute(actionContext(work, signal)),
      signal,
      ABORT_GRACE_MS,
    );
    return {
      kind: 'executed',
      output: outputJson(action, done),
    };
  } catch (error) {
    limit.clear();
    return await settler.afterFailure(work, signal, toError(error).message);
  } finally {
    limit.clear();
  }
}

function limitedTo(timeoutMs: number) {
  const controller = new AbortController();
  const timer = setTimeout(
    () =>
      controller.abort(
        new RunInterruption(
          'timeout',
          `It took longer than the ${timeoutMs / 1000} s that it may take.`,
        ),
      ),
    timeoutMs,
  );
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
