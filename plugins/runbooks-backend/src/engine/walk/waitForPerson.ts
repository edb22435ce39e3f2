import { personName } from '../../approvals/personName';
import { mergeChanges } from '../SessionChange';
import type { ActionAtHand } from './ActionRun';
import { phaseEnded } from './phaseChanges';
import { failed, type StepOutcome } from './StepOutcome';
import { waitOf } from './waits';

/** Kept of the run once the person did not come: later steps do not wait again. */
const GONE = 'person-gone';

/** The credentials of the person are gone: they have to say that it may go on. */
export function waitForPerson(at: ActionAtHand): StepOutcome {
  const { walk, ids, instance } = at;
  const { session } = walk;
  const starter = personName(session.run.startedBy);
  const wait = waitOf(session, {
    key: instance.key,
    kind: 'person',
    forMs: walk.personWaitMs,
  });
  const { waits = {} } = session.stepRecord('');
  if (wait.expired || waits[GONE]) {
    const message = `It may only act as ${starter}, whose credentials are gone, and who did not let it go on in time.`;
    return failed(
      { step: ids.check, message, alreadyDone: 'Nothing.' },
      mergeChanges(phaseEnded(walk, ids.check, { state: 'failed', message }), {
        records: [{ key: '', waits: { ...waits, [GONE]: wait.span } }],
      }),
    );
  }
  return {
    kind: 'waiting',
    waitingFor: { kind: 'person', ...wait.span },
    change: mergeChanges(wait.change, {
      steps: [
        {
          id: ids.check,
          patch: {
            state: 'waiting',
            message: `It waits for ${starter} to let it go on.`,
          },
        },
      ],
    }),
  };
}
