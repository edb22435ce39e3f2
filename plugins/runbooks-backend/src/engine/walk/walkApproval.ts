import { toError } from '@backstage/errors';
import type {
  ApprovalRule,
  ApprovalStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { renderTemplate } from '@lakehouse-ops/plugin-runbooks-node';
import { personName, personNames } from '../../approvals/personName';
import { tallyApprovals } from '../../approvals/tallyApprovals';
import { START_APPROVAL_ID } from '../initialSteps';
import { limitText, MAX_MESSAGE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import { waitOf } from './waits';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** Waits until others agree, in the middle of a runbook. */
export async function walkApproval(
  walk: Walk,
  step: ApprovalStep,
): Promise<StepOutcome> {
  const id = phaseId(walk.plan, step.id, 'approval');
  let question: string;
  try {
    // What is asked may not tell secrets.
    const scope = scopeOf(walk, { redacted: true });
    question = String(renderTemplate(step.question, scope));
  } catch (error) {
    const { message } = toError(error);
    return failed(
      { step: id, message },
      phaseEnded(walk, id, { state: 'failed', message }),
    );
  }
  return approvalOf(walk, {
    id,
    key: step.id,
    stepId: step.id,
    question,
    rule: step.rule,
  });
}

/** Waits until others agree to the run, before its first step. */
export async function walkStartApproval(walk: Walk): Promise<StepOutcome> {
  const { run } = walk.session;
  const { approval } = run.preview;
  if (!approval || walk.session.stepRecord('').approved) return SUCCEEDED;
  return approvalOf(walk, {
    id: START_APPROVAL_ID,
    key: '',
    question: run.preview.content.summary,
    rule: approval,
  });
}

async function approvalOf(
  walk: Walk,
  asked: {
    id: string;
    key: string;
    stepId?: string;
    question: string;
    rule: ApprovalRule;
  },
): Promise<StepOutcome> {
  const { session, ports, retries, stop } = walk;
  const { id, key, stepId, question, rule } = asked;
  const { groups, count: needed, expiresAfterMs } = rule;
  const previewHash = session.run.preview.hash;
  const approvals = await retries.read(
    () => ports.responses.approvals(session.run.id),
    stop,
  );
  const tally = tallyApprovals(approvals, { stepId, previewHash, needed });
  if (tally.outcome === 'approved') {
    const by = [...tally.by];
    session.note(
      mergeChanges(
        phaseEnded(walk, id, { message: `Approved by ${personNames(by)}.` }),
        {
          records: [
            stepId === undefined
              ? { key, approved: true }
              : { key, state: 'succeeded', output: { approvedBy: by } },
          ],
        },
      ),
    );
    return SUCCEEDED;
  }
  const wait = waitOf(session, {
    key,
    kind: 'approval',
    forMs: expiresAfterMs,
  });
  if (tally.outcome === 'denied' || wait.expired) {
    const message =
      tally.outcome === 'denied'
        ? `It was denied by ${personName(tally.by)}: ${tally.why}`
        : `It was not approved until ${wait.span.until}, and what was asked for has lapsed.`;
    return failed(
      {
        step: id,
        message,
        nextStep: 'Make a new preview and start again.',
      },
      phaseEnded(walk, id, { state: 'failed', message }),
    );
  }
  const waits = session.step(id)?.state === 'waiting';
  const { state, startedAt } = session.run;
  return {
    kind: 'waiting',
    waitingFor: {
      kind: 'approval',
      ...wait.span,
      ...(stepId === undefined ? {} : { stepId }),
      question: limitText(question, MAX_MESSAGE_LENGTH),
      groups,
      needed,
      previewHash,
    },
    change: mergeChanges(
      waits ? {} : phaseBegun(walk, id),
      // Nothing of the run itself has begun by that.
      stepId === undefined ? { run: { state, startedAt } } : {},
      wait.change,
      { steps: [{ id, patch: { state: 'waiting' } }] },
    ),
  };
}
