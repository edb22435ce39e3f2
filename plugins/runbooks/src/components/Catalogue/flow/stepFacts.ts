import type { RunbookStep } from '@lakehouse-ops/plugin-runbooks-common';
import {
  approvalWords,
  formatValue,
  spanWords,
} from '@lakehouse-ops/plugin-runbooks-react';

function callFacts({
  timeoutMs,
  retry,
}: Extract<RunbookStep, { action: string }>): string[] {
  return [
    ...(timeoutMs === undefined ? [] : [`at most ${spanWords(timeoutMs)}`]),
    ...(retry
      ? [`up to ${retry.attempts} attempts, ${spanWords(retry.delayMs)} apart`]
      : []),
  ];
}

/** What there is to know of a step, each a clause. */
export function stepFacts(step: RunbookStep): string[] {
  switch (step.kind) {
    case 'action': {
      const { foreach } = step;
      return [
        ...(foreach
          ? [
              `for each of ${foreach.in}`,
              `${foreach.concurrency} at a time, at most ${foreach.maxItems}`,
              foreach.stopOnErrorRate < 1
                ? `stops once more than ${formatValue(
                    foreach.stopOnErrorRate * 100,
                    'percent',
                  )} have failed`
                : 'goes through all, whichever fail',
            ]
          : []),
        ...callFacts(step),
      ];
    }
    case 'check':
      return [
        // It is there for what later steps do with what it finds.
        step.assert === 'true'
          ? 'only looks'
          : `goes on only if ${step.assert}`,
        ...callFacts(step),
      ];
    case 'verify':
      return [
        `until ${step.assert}`,
        `looks every ${spanWords(step.everyMs)} for ${spanWords(
          step.withinMs,
        )}`,
        ...callFacts(step),
      ];
    case 'manual':
      return [`waits ${spanWords(step.expiresAfterMs)} for an answer`];
    default:
      return [approvalWords(step.rule)];
  }
}

/** What it does to people or systems, in the file's own words. */
export function stepDoes(step: RunbookStep): string {
  switch (step.kind) {
    case 'manual':
      return step.instruction;
    case 'approval':
      return step.question;
    default:
      return step.action;
  }
}
