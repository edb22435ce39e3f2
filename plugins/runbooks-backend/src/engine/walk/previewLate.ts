import { toError } from '@backstage/errors';
import {
  type ApprovalRule,
  type PreviewContent,
  RISKS,
} from '@lakehouse-ops/plugin-runbooks-common';
import { personName } from '../../approvals/personName';
import { tallyApprovals } from '../../approvals/tallyApprovals';
import { sha256OfJson } from '@lakehouse-ops/plugin-runbooks-node';
import { boundPreviewContent } from '../boundPreviewContent';
import { MAX_NOTE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import type { PreparedAction } from './ActionInstance';
import type { ActionAtHand } from './ActionRun';
import { failedCheck, type Seen } from './checkAgain';
import type { StepOutcome } from './StepOutcome';
import { waitOf } from './waits';

/**
 * A step that nobody could preview before the start is previewed now: it is
 * kept what it would do, it may be no riskier than its runbook, its target is
 * locked, and who had to agree to the run has to agree to what is risky in it.
 *
 * @returns undefined when it may go on
 */
export async function previewLate(
  at: ActionAtHand,
  prepared: PreparedAction,
  seen: Seen,
): Promise<StepOutcome | undefined> {
  const { walk, instance } = at;
  const { session, plan } = walk;
  const { action } = prepared;
  if (RISKS.indexOf(action.risk) > RISKS.indexOf(plan.risk)) {
    return failedCheck(
      at,
      `${action.title} is of ${action.risk} risk, and this runbook may do what is of ${plan.risk} risk at most.`,
    );
  }
  if (JSON.stringify(seen.fingerprint).length > MAX_NOTE_LENGTH) {
    return failedCheck(
      at,
      `The target can't be previewed: what identifies its state is over ${MAX_NOTE_LENGTH} characters.`,
    );
  }
  const refused = await takeLocks(at, prepared);
  if (refused) return refused;
  const known = session.stepRecord(instance.key);
  if (!known.fingerprint) {
    session.note({
      steps: [
        {
          id: at.ids.check,
          patch: { preview: boundPreviewContent(seen.content) },
        },
      ],
      records: [{ key: instance.key, fingerprint: seen.fingerprint }],
    });
  }
  if (!plan.approval || action.risk !== 'high') return undefined;
  return approvalOf(at, prepared, plan.approval);
}

/** Two runs that share a key never act at the same time, found out late or not. */
async function takeLocks(
  at: ActionAtHand,
  { action, work }: PreparedAction,
): Promise<StepOutcome | undefined> {
  const keys = action.lockKeys(work.input);
  if (keys.length === 0) return undefined;
  try {
    await at.walk.session.takeLocks(keys);
    return undefined;
  } catch (error) {
    if (toError(error).name !== 'ConflictError') throw error;
    return failedCheck(at, toError(error).message);
  }
}

async function approvalOf(
  at: ActionAtHand,
  { action, target, input }: PreparedAction,
  rule: ApprovalRule,
): Promise<StepOutcome | undefined> {
  const { walk, ids, instance } = at;
  const { session, ports, retries, stop } = walk;
  const { key, step } = instance;
  const { fingerprint = {} } = session.stepRecord(key);
  const previewHash = sha256OfJson({
    runId: session.run.id,
    step: key,
    action: action.id,
    input,
    fingerprint,
  });
  const approvals = await retries.read(
    () => ports.responses.approvals(session.run.id),
    stop,
  );
  const asked = { stepId: key, previewHash, needed: rule.count };
  const tally = tallyApprovals(approvals, asked);
  if (tally.outcome === 'approved') return undefined;
  if (tally.outcome === 'denied') {
    return failedCheck(
      at,
      `It was denied by ${personName(tally.by)}: ${tally.why}`,
    );
  }
  const wait = waitOf(session, {
    key,
    kind: 'approval',
    forMs: rule.expiresAfterMs,
  });
  if (wait.expired) {
    return failedCheck(
      at,
      `It was not approved until ${wait.span.until}, and what was asked for has lapsed.`,
    );
  }
  const preview: PreviewContent | undefined = session.step(ids.check)?.preview;
  return {
    kind: 'waiting',
    waitingFor: {
      kind: 'approval',
      ...wait.span,
      ...asked,
      preview,
      groups: rule.groups,
      question: `${step.title}: ${action.verb}, ${target.kind} ${target.name}?`,
    },
    change: mergeChanges(wait.change, {
      steps: [
        {
          id: ids.check,
          patch: { state: 'waiting', message: 'It waits for approval.' },
        },
      ],
    }),
  };
}
