import type {
  Preview,
  Run,
  RunEvent,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { z } from 'zod/v3';

type Zod = typeof z;

const MAX_STEPS = 100;

/** What callers are told of a preview. */
export function previewShape(zod: Zod) {
  return zod.object({
    previewId: zod.string(),
    previewHash: zod
      .string()
      .describe('Binds the run to exactly what was shown'),
    expiresAt: zod.string().describe('No run can be started from it later'),
    runbookId: zod.string(),
    summary: zod.string(),
    risk: zod.string(),
    target: zod.string(),
    changes: zod.array(zod.string()),
    untouched: zod.array(zod.string()),
    warnings: zod.array(zod.string()),
    steps: zod.array(zod.string()),
    mayExecute: zod.boolean().describe('Whether the caller may start it'),
    refusal: zod.string().optional().describe('Why not, and what to do'),
    approval: zod
      .string()
      .optional()
      .describe('Who else has to agree before the first step'),
    next: zod.string().describe('What to do next'),
  });
}

/** Reads a preview for {@link previewShape}. */
export function tellPreview(preview: Preview) {
  const { content, execute, approval, target } = preview;
  const people =
    approval &&
    `${approval.count} of ${
      approval.groups.join(', ') || 'those who may approve'
    }, other than whoever starts it, in Backstage`;
  return {
    previewId: preview.id,
    previewHash: preview.hash,
    expiresAt: preview.expiresAt,
    runbookId: preview.runbookId,
    summary: content.summary,
    risk: preview.risk,
    target: `${target.kind} ${target.name} of ${target.system} ${target.connection}`,
    changes: content.changes.map(
      ({ label, before, after, unit, estimated }) =>
        `${label}: ${before ?? '?'} → ${after ?? '?'} (${unit}${
          estimated ? ', estimated' : ''
        })`,
    ),
    untouched: [...content.untouched],
    warnings: [...content.warnings],
    steps: (preview.steps ?? [])
      .slice(0, MAX_STEPS)
      .map(step =>
        [
          `${step.title} (${step.kind}, ${step.known})`,
          step.content?.summary ?? step.note,
        ]
          .filter(Boolean)
          .join(': '),
      ),
    mayExecute: execute.allowed,
    refusal: execute.allowed
      ? undefined
      : [execute.reason, execute.remedy].filter(Boolean).join(' '),
    approval: people,
    next: execute.allowed
      ? 'Nothing was changed. Show this to the person you work for. If they agree, start it with previewId, previewHash and a new idempotencyKey.'
      : 'Nothing was changed, and the caller may not start it.',
  };
}

/** What callers are told of a run. */
export function runShape(zod: Zod) {
  return zod.object({
    runId: zod.string(),
    runbookId: zod.string(),
    title: zod.string(),
    state: zod
      .string()
      .describe(
        'pending, waiting, running, verifying, succeeded, failed, cancelled or outcome-unknown',
      ),
    waitingFor: zod
      .string()
      .optional()
      .describe('What it waits for; people answer it in Backstage'),
    risk: zod.string(),
    target: zod.string(),
    startedBy: zod.string(),
    createdAt: zod.string(),
    endedAt: zod.string().optional(),
    steps: zod.array(
      zod.object({
        title: zod.string(),
        state: zod.string(),
        message: zod.string().optional(),
      }),
    ),
    verification: zod.string().optional(),
    error: zod.string().optional(),
    link: zod.string().describe('Path of its page in Backstage'),
  });
}

/** Reads a run for {@link runShape}. */
export function tellRun(run: Run) {
  const { error, target } = run;
  return {
    runId: run.id,
    runbookId: run.runbookId,
    title: run.title,
    state: run.state,
    waitingFor: waitingText(run),
    risk: run.risk,
    target: `${target.kind} ${target.name} of ${target.system} ${target.connection}`,
    startedBy: run.startedBy,
    createdAt: run.createdAt,
    endedAt: run.endedAt,
    steps: run.steps
      .slice(0, MAX_STEPS)
      .map(({ title, state, message }) => ({ title, state, message })),
    verification:
      run.verification &&
      `${run.verification.outcome}: ${run.verification.summary}`,
    error:
      error &&
      [error.message, error.alreadyDone, error.nextStep]
        .filter(Boolean)
        .join(' '),
    link: `/runbooks/runs/${run.id}`,
  };
}

/** A line of a log as one text. */
export function tellEvent({ at, level, message }: RunEvent): string {
  return `${at} ${level} ${message}`;
}

function waitingText({ waitingFor }: Run): string | undefined {
  if (!waitingFor) return undefined;
  switch (waitingFor.kind) {
    case 'approval':
      return `approval by ${waitingFor.needed} of ${
        waitingFor.groups.join(', ') || 'those who may approve'
      }: ${waitingFor.question}`;
    case 'answer':
      return `a person to do and answer: ${waitingFor.instruction}`;
    case 'decision':
      return `a person to tell what is true: ${waitingFor.facts}`;
    case 'person':
      return 'the person who started it to say that it goes on';
    case 'lock':
      return `${waitingFor.heldBy}, who works on ${waitingFor.key} in run ${waitingFor.heldByRunId}`;
    default:
      return `the end of a pause by ${waitingFor.by}: ${waitingFor.reason}`;
  }
}
