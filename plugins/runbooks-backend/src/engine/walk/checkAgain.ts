import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { describeDrift } from '../describeDrift';
import { withDeadline } from '../withDeadline';
import type { PreparedAction } from './ActionInstance';
import type { ActionAtHand, ActionNext } from './ActionRun';
import { interruptedHere } from './interrupted';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { previewLate } from './previewLate';
import { failed, type StepOutcome } from './StepOutcome';
import { waitForPerson } from './waitForPerson';
import { personsCredentials } from './Walk';

const CHECK_TIMEOUT_MS = 60_000;

/** What is to be seen of a target right before acting on it. */
export interface Seen {
  readonly content: PreviewContent;
  readonly fingerprint: JsonObject;
}

/** Looks again, right before acting: what was not previewed is not acted on. */
export async function checkAgain(
  at: ActionAtHand,
  prepared: PreparedAction,
): Promise<ActionNext> {
  const { walk, ids, instance } = at;
  const { session, stop, cancel } = walk;
  const { action, target, work } = prepared;
  const interrupted = interruptedHere(walk);
  if (interrupted) return interrupted;
  if (!action.attributes.readOnly && !(await personsCredentials(walk))) {
    return waitForPerson(at);
  }
  session.note(
    phaseBegun(walk, ids.check, {
      message: undefined,
      ...(walk.plan.single ? {} : { target }),
    }),
  );
  let seen: Seen;
  try {
    seen = await withDeadline(
      {
        what: 'Looking at the target again',
        timeoutMs: CHECK_TIMEOUT_MS,
        signal: AbortSignal.any([stop, cancel]),
      },
      signal =>
        action.preview({
          input: work.input,
          signal,
          credentials: work.credentials,
        }),
    );
  } catch (error) {
    return (
      interruptedHere(walk) ??
      failedCheck(
        at,
        `The target could not be looked at again: ${toError(error).message}`,
      )
    );
  }
  const { fingerprint, partlyDone } = session.stepRecord(instance.key);
  const shown = walk.plan.single ? session.record.fingerprint : fingerprint;
  if (!shown || session.step(ids.check)?.preview) {
    const late = await previewLate(at, prepared, seen);
    if (late) return late;
  }
  const drift =
    shown && !partlyDone ? describeDrift(shown, seen.fingerprint) : [];
  return drift.length > 0 ? drifted(at, drift) : 'act';
}

/** Whoever comes next in a queue finds changed what the run before it changed. */
function drifted(at: ActionAtHand, drift: readonly string[]): StepOutcome {
  const { queuedBehind } = at.walk.session.stepRecord('');
  const message = `The target changed after the preview was made: ${drift.join(
    '; ',
  )}.`;
  if (queuedBehind === undefined) return failedCheck(at, message);
  return failedCheck(
    at,
    `${message} This run waited behind run ${queuedBehind}, which worked on the same target; what was previewed before that is not done any more.`,
    'Look at what that run has done. If there is something left to do, run this again: it begins with a new preview.',
  );
}

/** It can't be gone on with as it is now, and nothing was done. */
export function failedCheck(
  { walk, ids }: Pick<ActionAtHand, 'walk' | 'ids'>,
  message: string,
  nextStep = 'Make a new preview to see how it is now.',
): StepOutcome {
  return failed(
    {
      step: ids.check,
      message,
      alreadyDone: 'Nothing.',
      nextStep,
    },
    phaseEnded(walk, ids.check, { state: 'failed', message }),
  );
}
