import type { ClusterSample } from '@lakehouse-ops/plugin-lakehouse-common';
import { judgeOf } from '../shared/thresholds';
import { floorTo, MINUTE_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import { gapIn, gapsOf, type Look, type LookResult } from './Look';
import type { MinuteLook } from './replaceMinutes';

const NO_JUDGE =
  'its threshold has a unit that does not fit: memory takes percent, ratio or bytes, workers take percent, ratio or count';

/** Free memory and workers: the newest sample of each minute. */
export const lookAtCluster: Look = async options => {
  const { store, connection, series, time } = options;
  const samples = await store.clusterSamples(connection, {
    from: new Date(time.fromMs).toISOString(),
    to: new Date(time.toMs - 1).toISOString(),
    // One for each minute.
    limit: Math.max(1, Math.round((time.toMs - time.fromMs) / MINUTE_MS)),
  });
  const gaps = await gapsOf(store, connection, {
    time,
    subjects: ['cluster.memory', 'cluster.nodes'],
  });
  const lastMinute = floorTo(time.toMs - 1, MINUTE_MS);
  return new Map(
    series.map((one): [string, LookResult] => {
      const judge = judgeSample(one);
      if (!judge) return [one.id, { minutes: new Map(), problem: NO_JUDGE }];
      const minutes = new Map<number, MinuteLook>();
      for (const { sample } of samples) {
        const good = judge(sample);
        if (good === undefined) continue;
        minutes.set(floorTo(Date.parse(sample.sampledAt), MINUTE_MS), {
          good: Number(good),
          total: 1,
        });
      }
      const ofMemory =
        one.source.type === 'lakehouse' &&
        one.source.indicator === 'memory-headroom';
      const gap = gapIn(
        gaps.filter(({ subject }) =>
          ofMemory ? subject === 'cluster.memory' : subject === 'cluster.nodes',
        ),
        lastMinute,
      );
      const problem =
        gap?.reason ??
        (minutes.size
          ? undefined
          : `no look at the cluster tells its ${
              ofMemory ? 'memory' : 'workers'
            }`);
      return [one.id, { minutes, problem }];
    }),
  );
};

function judgeSample({
  source,
  threshold,
}: SloSeries): ((sample: ClusterSample) => boolean | undefined) | undefined {
  if (source.type !== 'lakehouse') return undefined;
  const judge = judgeOf(
    threshold,
    'ratio',
    source.indicator === 'memory-headroom' ? 'bytes' : 'count',
  );
  if (!judge || !threshold) return undefined;
  const absolute = threshold.unit === 'bytes' || threshold.unit === 'count';
  return sample => {
    const [part, whole] =
      (source.indicator === 'memory-headroom'
        ? freeMemory(sample)
        : workers(sample, source.expectedWorkers)) ?? [];
    if (part === undefined || whole === undefined || whole <= 0) {
      return undefined;
    }
    return judge(absolute ? part : part / whole);
  };
}

function freeMemory({ memory }: ClusterSample): [number, number] | undefined {
  return memory && [memory.freeBytes, memory.totalBytes];
}

/** One node is the coordinator, which is a worker only where it is alone. */
function workers(
  { nodes }: ClusterSample,
  expected: number | undefined,
): [number, number] | undefined {
  if (!nodes) return undefined;
  const all = nodes.active + nodes.inactive + nodes.shuttingDown;
  const coordinators = all > 1 || (expected ?? 1) > 1 ? 1 : 0;
  return [
    Math.max(0, nodes.active - coordinators),
    expected ?? all - coordinators,
  ];
}
