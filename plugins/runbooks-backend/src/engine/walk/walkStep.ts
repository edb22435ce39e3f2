import { toError } from '@backstage/errors';
import type {
  RunbookSection,
  RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { mergeChanges } from '../SessionChange';
import { ActionRun } from './ActionRun';
import { holds } from './holds';
import { interruptedHere } from './interrupted';
import { readBefore } from './readBefore';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import type { Walk } from './Walk';
import { walkApproval } from './walkApproval';
import { walkCheck } from './walkCheck';
import { walkForeach } from './walkForeach';
import { walkManual } from './walkManual';
import { walkVerify } from './walkVerify';
import { scopeOf } from './WalkScope';

/** Takes one step from wherever it stands to its end. What is over is not done again. */
export async function walkStep(
  walk: Walk,
  step: RunbookStep,
  section: RunbookSection,
): Promise<StepOutcome> {
  const { session } = walk;
  const { state, error } = session.stepRecord(step.id);
  if (state === 'succeeded' || state === 'skipped') return SUCCEEDED;
  if (error && isBad(state)) {
    return { kind: 'failed', verdict: { state, error }, change: {} };
  }
  if (!isBegun(walk, step)) {
    const held = interruptedHere(walk) ?? (await pausedHere(walk));
    if (held) return held;
  }
  try {
    if (!isWanted(walk, step)) return SUCCEEDED;
  } catch (cause) {
    const { message } = toError(cause);
    const id = phasesOf(walk, step)[0]?.id ?? step.id;
    return failed(
      { step: id, message, alreadyDone: 'Nothing.' },
      { steps: [{ id, patch: { state: 'failed', message } }] },
    );
  }
  if (step.kind === 'check') return walkCheck(walk, step);
  if (step.kind === 'verify') return walkVerify(walk, step);
  if (step.kind === 'manual') return walkManual(walk, step);
  if (step.kind === 'approval') return walkApproval(walk, step);
  await readBefore(walk, step);
  const { foreach } = step;
  if (foreach) return walkForeach(walk, { ...step, foreach }, section);
  return new ActionRun(walk, { key: step.id, step }).run();
}

/** Whether something of it may have been done already. */
function isBegun(walk: Walk, step: RunbookStep): boolean {
  return phasesOf(walk, step).some(
    ({ id, kind, state }) =>
      (kind === 'execute' || id === 'execute') &&
      state !== 'pending' &&
      state !== 'skipped',
  );
}

function phasesOf({ session, plan }: Walk, step: RunbookStep) {
  return session.run.steps.filter(({ stepId, kind }) =>
    plan.single ? kind !== 'approval' : stepId === step.id,
  );
}

function isBad(
  state: string | undefined,
): state is 'failed' | 'cancelled' | 'outcome-unknown' {
  return (
    state === 'failed' || state === 'cancelled' || state === 'outcome-unknown'
  );
}

/** What `if` comes to, which is decided once. */
function isWanted(walk: Walk, step: RunbookStep): boolean {
  const { session } = walk;
  const { wanted } = session.stepRecord(step.id);
  if (step.if === undefined || wanted !== undefined) return wanted ?? true;
  const now = holds(step.if, scopeOf(walk));
  const message = `Its condition \`${step.if}\` is not met.`;
  session.note(
    now
      ? { records: [{ key: step.id, wanted: true }] }
      : {
          steps: phasesOf(walk, step).map(({ id }) => ({
            id,
            patch: { state: 'skipped', message },
          })),
          records: [{ key: step.id, wanted: false, state: 'skipped' }],
          says: [{ message: `${step.title}: skipped. ${message}` }],
        },
  );
  return now;
}

/** Somebody said that nothing goes on for now. */
async function pausedHere(walk: Walk): Promise<StepOutcome | undefined> {
  const { session, ports, retries, stop } = walk;
  const pause = await retries.read(
    () => ports.pauses.current(session.run.runbookId),
    stop,
  );
  if (!pause) return undefined;
  return {
    kind: 'waiting',
    waitingFor: {
      kind: 'pause',
      since: new Date().toISOString(),
      by: pause.by,
      reason: pause.reason,
    },
    change: mergeChanges(),
  };
}
