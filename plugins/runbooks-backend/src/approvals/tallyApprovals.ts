import type { RunApproval } from '@lakehouse-ops/plugin-runbooks-common';

/** What the approvals that were given so far come to. */
export type ApprovalTally =
  | { readonly outcome: 'open'; readonly missing: number }
  | { readonly outcome: 'approved'; readonly by: readonly string[] }
  | { readonly outcome: 'denied'; readonly by: string; readonly why: string };

/**
 * Counts what was said of exactly what is asked: what was said of another
 * step or another hash does not count, and each person counts once.
 */
export function tallyApprovals(
  approvals: readonly RunApproval[],
  asked: {
    /** Absent: before the first step. */
    readonly stepId?: string;
    readonly previewHash: string;
    readonly needed: number;
  },
): ApprovalTally {
  const said = approvals.filter(
    approval =>
      approval.stepId === asked.stepId &&
      approval.previewHash === asked.previewHash,
  );
  const denied = said.find(approval => approval.decision === 'denied');
  if (denied) {
    return {
      outcome: 'denied',
      by: denied.by,
      why: denied.comment ?? 'No reason was given.',
    };
  }
  const by = [...new Set(said.map(approval => approval.by))];
  return by.length >= asked.needed
    ? { outcome: 'approved', by }
    : { outcome: 'open', missing: asked.needed - by.length };
}
