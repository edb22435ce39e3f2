import type {
  ClusterSample,
  ClusterView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SparklinePoint } from '../components/charts';

/** One figure of a cluster over time, and how long a sample of it is current. */
export function clusterSeries(
  view: ClusterView,
  pick: (sample: ClusterSample) => number | undefined,
): { points: SparklinePoint[]; holdMs: number } {
  return {
    points: view.series.map(sample => ({
      timeMs: Date.parse(sample.sampledAt),
      value: pick(sample),
    })),
    holdMs: view.staleAfterSeconds * 1_000,
  };
}
