import type { Run, Verification } from '@lakehouse-ops/plugin-runbooks-common';

const WORST_FIRST = ['not-verified', 'inconclusive', 'verified'] as const;

/**
 * What is proven of a run: by its verify steps, or by its actions where it has
 * none. It is as good as the worst of them.
 */
export function verificationOf(run: Run): Verification | undefined {
  const proofs = run.steps.filter(step => step.verification);
  const stepKinds = new Set(
    run.steps.filter(step => step.kind === 'execute').map(step => step.stepId),
  );
  const ofVerifySteps = proofs.filter(step => !stepKinds.has(step.stepId));
  const counted = ofVerifySteps.length > 0 ? ofVerifySteps : proofs;
  const found = counted.flatMap(step => step.verification ?? []);
  const outcome = WORST_FIRST.find(worst =>
    found.some(verification => verification.outcome === worst),
  );
  if (!outcome) return undefined;
  return {
    outcome,
    summary: found.map(({ summary }) => summary).join(' '),
    metrics: found.flatMap(({ metrics }) => metrics),
  };
}
