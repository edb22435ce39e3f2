import type { Run } from '@lakehouse-ops/plugin-runbooks-common';

/** What a step of a run, or that of a phase, is called; its id when nothing tells. */
export function stepTitle(run: Run, stepId: string): string {
  const step =
    run.steps.find(({ id }) => id === stepId) ??
    run.steps.find(({ stepId: own }) => own === stepId);
  const id = step?.stepId ?? stepId;
  const previewed = run.preview.steps?.find(known => known.id === id);
  return previewed?.title ?? step?.title ?? stepId;
}
