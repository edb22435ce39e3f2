import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';

/** More groups than this can't be told apart; the rest is summed up. */
const MAX_GROUPS = 5;
const OTHERS = 'others';
/** What stands in for groups where only totals were observed. */
const ALL = 'all queries';

/** One moment of the concurrency chart. */
export interface ConcurrencyPoint {
  readonly timeMs: number;
  readonly running: Record<string, number>;
  readonly runningTotal: number;
  readonly queued: number;
}

/**
 * Running queries by resource group over time, the busiest groups first.
 * Where no groups were observed, the cluster's totals stand in.
 */
export function concurrencyPoints(view: ClusterView): {
  groups: string[];
  points: ConcurrencyPoint[];
} {
  if (!view.concurrency.some(moment => moment.groups.length > 0)) {
    return totalsOnly(view);
  }
  const sums = new Map<string, number>();
  for (const moment of view.concurrency) {
    for (const group of moment.groups) {
      sums.set(group.path, (sums.get(group.path) ?? 0) + group.running);
    }
  }
  const paths = [...sums.keys()];
  // A parent's figures hold those of its children: only leaves add up.
  const leaves = new Set(
    paths.filter(path => !paths.some(other => other.startsWith(`${path}.`))),
  );
  const ranked = [...sums]
    .filter(([path]) => leaves.has(path))
    .sort((a, b) => b[1] - a[1])
    .map(([path]) => path);
  const named = ranked.slice(0, MAX_GROUPS);
  const points = view.concurrency.map(moment => {
    const running: Record<string, number> = {};
    let runningTotal = 0;
    let queued = 0;
    for (const group of moment.groups) {
      if (!leaves.has(group.path)) continue;
      const name = named.includes(group.path) ? group.path : OTHERS;
      running[name] = (running[name] ?? 0) + group.running;
      runningTotal += group.running;
      queued += group.queued;
    }
    return {
      timeMs: Date.parse(moment.sampledAt),
      running,
      runningTotal,
      queued,
    };
  });
  return {
    groups: ranked.length > MAX_GROUPS ? [...named, OTHERS] : named,
    points,
  };
}

function totalsOnly(view: ClusterView) {
  const points = view.series.flatMap(sample =>
    sample.queries
      ? [
          {
            timeMs: Date.parse(sample.sampledAt),
            running: { [ALL]: sample.queries.running },
            runningTotal: sample.queries.running,
            queued: sample.queries.queued,
          },
        ]
      : [],
  );
  return { groups: [ALL], points };
}
