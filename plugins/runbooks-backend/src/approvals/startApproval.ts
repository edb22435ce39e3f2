import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { START_APPROVAL_ID } from '../engine/initialSteps';
import type { StepRecord } from '../store/RunStore';

/** How a run is kept that waits for approval before its first step. */
export interface StartApproval {
  readonly waitingFor: Extract<RunWaiting, { kind: 'approval' }>;
  readonly steps: Run['steps'];
  readonly record: StepRecord;
}

/** What a run that is about to begin waits for; undefined when nobody has to agree. */
export function startApproval(run: Run, at: string): StartApproval | undefined {
  const { approval, content, hash } = run.preview;
  if (!approval) return undefined;
  const until = new Date(
    Date.parse(at) + approval.expiresAfterMs,
  ).toISOString();
  return {
    waitingFor: {
      kind: 'approval',
      since: at,
      until,
      question: content.summary,
      groups: approval.groups,
      needed: approval.count,
      previewHash: hash,
    },
    steps: run.steps.map(step =>
      step.id === START_APPROVAL_ID
        ? { ...step, state: 'waiting' as const, startedAt: at }
        : step,
    ),
    record: { key: '', waits: { approval: { since: at, until } } },
  };
}
