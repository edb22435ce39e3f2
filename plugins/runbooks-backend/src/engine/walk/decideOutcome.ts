import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { personName } from '../../approvals/personName';
import { limitText, MAX_MESSAGE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import type { ActionAtHand, ActionNext } from './ActionRun';
import { phaseEnded } from './phaseChanges';
import type { StepOutcome } from './StepOutcome';
import { waitOf } from './waits';

/**
 * Nothing can tell whether an action took effect: a person is asked, with the
 * facts, and what they say is how it goes on.
 *
 * @param action - undefined when it can't be called any more
 * @param facts - when it was just found out
 */
export async function decideOutcome(
  at: ActionAtHand,
  action: RunbookAction | undefined,
  facts?: string,
): Promise<ActionNext> {
  const { walk, ids, instance } = at;
  const { session, ports, retries, stop, cancel } = walk;
  const { key } = instance;
  const known = facts ?? session.stepRecord(key).facts ?? '';
  const wait = waitOf(session, {
    key,
    kind: 'decision',
    forMs: walk.personWaitMs,
  });
  if (facts !== undefined) return ask();
  const said = await retries.read(
    () => ports.responses.decision(session.run.id, key),
    stop,
  );
  if (!said && !wait.expired && !cancel.aborted) return ask();
  const word = said
    ? `${personName(said.by)} said so: ${said.comment}`
    : 'Nobody said what is true of it.';
  if (said?.outcome === 'done') {
    await session.commit(
      mergeChanges(
        phaseEnded(walk, ids.execute, { message: `It took effect. ${word}` }),
        phaseEnded(walk, ids.verify, {
          state: 'skipped',
          message: 'A person said what is true.',
        }),
        { records: [{ key, state: 'succeeded', output: {} }] },
      ),
    );
    return { kind: 'succeeded' };
  }
  if (said?.outcome === 'not-done') {
    if (!action?.attributes.idempotent || cancel.aborted) {
      const state = cancel.aborted ? 'cancelled' : 'failed';
      return ended(state, `It did not take effect. ${word}`);
    }
    const { attempt = 1 } = session.stepRecord(key);
    await session.commit({
      steps: [
        {
          id: ids.execute,
          patch: { state: 'pending', attempt: attempt + 1, message: word },
        },
      ],
      // Nobody says how much of it was done.
      records: [{ key, attempt: attempt + 1, partlyDone: true }],
    });
    return 'check';
  }
  return ended(
    'outcome-unknown',
    `Whether it took effect is not known: ${known} ${word}`,
  );

  function ask(): StepOutcome {
    const message = limitText(known, MAX_MESSAGE_LENGTH);
    return {
      kind: 'waiting',
      waitingFor: {
        kind: 'decision',
        ...wait.span,
        stepId: key,
        facts: message,
      },
      change: mergeChanges(wait.change, {
        steps: [{ id: ids.execute, patch: { state: 'waiting', message } }],
        records: [{ key, ...wait.change.records?.[0], facts: known }],
      }),
    };
  }

  function ended(
    state: 'failed' | 'cancelled' | 'outcome-unknown',
    alreadyDone: string,
  ): StepOutcome {
    return {
      kind: 'failed',
      verdict: {
        state,
        error: {
          step: ids.execute,
          message: known || 'Its outcome is not known.',
          alreadyDone,
          nextStep: 'Look at what it acts on, then make a new preview.',
        },
      },
      change: phaseEnded(walk, ids.execute, { state, message: alreadyDone }),
    };
  }
}
