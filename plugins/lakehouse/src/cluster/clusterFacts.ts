import type {
  ClusterView,
  Gap,
  GapSubject,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Nodes by state, as far as is known. */
export interface NodeCounts {
  readonly active: number;
  readonly inactive: number;
  readonly shuttingDown: number;
}

/** Node counts from the newest sample, or counted from the list of nodes. */
export function nodeCounts(view: ClusterView): NodeCounts | undefined {
  if (view.latest?.nodes) return view.latest.nodes;
  if (!view.nodes) return undefined;
  const count = (...states: string[]) =>
    view.nodes?.filter(node => states.includes(node.state)).length ?? 0;
  return {
    active: count('active'),
    inactive: count('inactive'),
    shuttingDown: count('shutting_down', 'draining', 'drained'),
  };
}

/** Why something is missing now, from the gap that lasts. */
export function reasonMissing(
  gaps: readonly Gap[],
  ...subjects: GapSubject[]
): string | undefined {
  const gap = gaps.find(
    ({ subject, until }) =>
      until === undefined && subjects.some(wanted => wanted === subject),
  );
  return gap && `not observed: ${gap.reason}`;
}

/** Whether the newest sample is older than it should be, and why. */
export function clusterStaleness(
  view: ClusterView,
  now: Date,
): { asOf: string; reason: string } | undefined {
  if (!view.observedAt) return undefined;
  const ageMs = now.getTime() - Date.parse(view.observedAt);
  if (ageMs <= view.staleAfterSeconds * 1_000) return undefined;
  const gap = view.gaps.find(({ until }) => until === undefined);
  return {
    asOf: view.observedAt,
    reason: gap
      ? `${gap.reason}; ${gap.remedy}`
      : 'nothing was collected since; look at the backend’s log',
  };
}
