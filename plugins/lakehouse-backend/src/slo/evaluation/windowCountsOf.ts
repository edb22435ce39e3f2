import { countKey } from '../reads/countKey';
import type { Latency } from './LatencyNotes';
import type { WindowCount, WindowCounts } from './WindowCounts';
import { inWindow, type Weighed } from './weigh';

/** What was counted over the window, as it is kept for those who show it. */
export function windowCountsOf(
  { plan, counts, reach }: Pick<Weighed, 'plan' | 'counts' | 'reach'>,
  latencyOf: (objective: string) => Latency | undefined,
): WindowCounts {
  return Object.fromEntries(
    inWindow(plan, counts).map(
      ({ part, sums, observedMinutes }): [string, WindowCount] => {
        const isNewest = part.toMs === Infinity;
        const latency = isNewest ? latencyOf(part.key) : undefined;
        const countedFromMs = reach.get(part.series.id)?.countedFromMs;
        return [
          countKey(part, plan.window),
          {
            sums,
            observedMinutes,
            ...(countedFromMs === undefined ? {} : { countedFromMs }),
            ...(latency ? { latency } : {}),
          },
        ];
      },
    ),
  );
}
