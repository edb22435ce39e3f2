import type {
  PreviewChange,
  PreviewContent,
  RunbookDefinition,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { boundPreviewContent } from '../boundPreviewContent';
import { describeTarget } from './describeTarget';
import type { LookedAtStep } from './PlannedStep';

/** What a run of a runbook file would do as a whole: its steps' previews, merged. */
export function describeRun(options: {
  definition: RunbookDefinition;
  target: RunTarget;
  steps: readonly LookedAtStep[];
}): PreviewContent {
  const { definition, target, steps } = options;
  const seen = steps.filter(step => step.content !== undefined);
  // What only happens after a failure, or always at the end, is told with its step.
  const main = steps.filter(step => step.section === 'steps');
  const acting = main.filter(step => step.call?.acts && step.content);
  const later = main.filter(
    step => step.known === 'later' && step.step.kind === 'action',
  );
  const [only] = acting.length === 1 && later.length === 0 ? acting : [];
  return boundPreviewContent({
    summary: summaryOf({ definition, target, acting, later: later.length }),
    changes: acting.flatMap(step =>
      (step.content?.changes ?? []).map(
        (change): PreviewChange => ({
          ...change,
          label: only ? change.label : `${step.title}: ${change.label}`,
        }),
      ),
    ),
    samples: only?.content?.samples,
    untouched: unique(acting.flatMap(step => step.content?.untouched ?? [])),
    warnings: unique([
      ...steps.flatMap(({ title, warning }) =>
        warning === undefined ? [] : [`${title}: ${warning}`],
      ),
      ...seen.flatMap(step =>
        (step.content?.warnings ?? []).map(warning =>
          only === step ? warning : `${step.title}: ${warning}`,
        ),
      ),
    ]),
  });
}

function summaryOf(options: {
  definition: RunbookDefinition;
  target: RunTarget;
  acting: readonly LookedAtStep[];
  later: number;
}): string {
  const { definition, target, acting, later } = options;
  const parts = acting.map(step =>
    (step.content?.summary ?? '').trim().replace(/\.$/, ''),
  );
  if (later > 0) {
    parts.push(
      `${later === 1 ? 'one step is' : `${later} steps are`} previewed when ${
        later === 1 ? 'it is' : 'they are'
      } reached`,
    );
  }
  const what =
    parts.length > 0 ? parts.join('; ') : 'nothing is changed, only looked at';
  return `${definition.title} on ${describeTarget(target)}: ${what}.`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
