import type {
  RunApproval,
  RunStep,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';

/** Steps that fit into a report; a long list of items is cut. */
export const MAX_STEP_LINES = 300;

/** What a run waits for, as a sentence. */
export function waitingWords(waiting: RunWaiting): string {
  switch (waiting.kind) {
    case 'approval':
      return `for approval since ${waiting.since}, until ${waiting.until}: ${waiting.question}`;
    case 'answer':
      return `for an answer since ${waiting.since}, until ${waiting.until}: ${waiting.instruction}`;
    case 'decision':
      return `for a decision since ${waiting.since}, until ${waiting.until}: ${waiting.facts}`;
    case 'person':
      return `for whoever started it since ${waiting.since}, until ${waiting.until}`;
    case 'lock':
      return `since ${waiting.since} for run ${waiting.heldByRunId} of ${waiting.heldBy}, which holds ${waiting.key}`;
    default:
      return `since ${waiting.since}: ${waiting.by} has paused runs (${waiting.reason})`;
  }
}

/** "olivia approved at … : fine". */
export function approvalWords(approval: RunApproval): string {
  const { by, decision, at, comment, previewHash } = approval;
  return `${by} ${decision} preview \`${previewHash}\` at ${at}${
    comment ? `: ${comment}` : ''
  }`;
}

/** What a step is called in a report: with its section and its item. */
export function stepName({ title, section, item, attempt }: RunStep): string {
  return [
    ...(section === 'onFailure' ? ['on failure:'] : []),
    ...(section === 'finally' ? ['at the end:'] : []),
    title,
    ...(item ? [`(${item.label})`] : []),
    ...(attempt && attempt > 1 ? [`(attempt ${attempt})`] : []),
  ].join(' ');
}
