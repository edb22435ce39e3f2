import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';

/** ISO time from which on all objectives are counted; none when they are over the whole window. */
export function countedFrom(
  slo: Pick<SloView, 'objectives' | 'windowFrom'>,
): string | undefined {
  const latest = slo.objectives
    .flatMap(objective => objective.countedFrom ?? [])
    .sort()
    .pop();
  return latest && Date.parse(latest) > Date.parse(slo.windowFrom)
    ? latest
    : undefined;
}

/** Why the viewer may not silence or correct an SLO, and whom to ask; nothing when they may. */
export function manageRefusal(
  slo: Pick<SloView, 'mayManage' | 'connections'>,
): string | undefined {
  if (slo.mayManage) return undefined;
  return `You need lakehouse.slo.manage on ${slo.connections.join(
    ' and ',
  )}; ask those who run this Backstage to allow it in its permission policy.`;
}
