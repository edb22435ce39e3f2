import type { WorkloadsView } from '@lakehouse-ops/plugin-lakehouse-common';
import { SeriesChart, TimeSpan } from '../components/charts';
import { formatCount, formatNumberOf } from '../components/format';
import { EmptyNote } from '../components/states';

type Series = WorkloadsView['series'][number];
type Point = Series['points'][number] & { timeMs: number };

/** Pods of a workload over time, wanted and ready, with restarts as marks. */
export const ReplicasChart = (props: {
  series: Series | undefined;
  view: WorkloadsView;
  span: TimeSpan;
}) => {
  const points = (props.series?.points ?? []).map(point => ({
    ...point,
    timeMs: Date.parse(point.at),
  }));
  if (points.length === 0) {
    return <EmptyNote text="No history of this workload yet." />;
  }
  const restarts = restartTimes(points);
  return (
    <SeriesChart
      title="Pods over time"
      summary={
        restarts.length > 0
          ? `${formatNumberOf(restarts.length, 'restart')} in this time.`
          : 'No restart in this time.'
      }
      series={[
        { name: 'ready', look: 'area', value: (point: Point) => point.ready },
        {
          name: 'wanted',
          look: 'dashed',
          tone: 'muted',
          value: (point: Point) => point.wanted,
        },
      ]}
      points={points}
      marks={restarts.map(fromMs => ({ name: 'restart', fromMs }))}
      format={formatCount}
      span={props.span}
      holdMs={props.view.staleAfterSeconds * 1_000}
      gaps={props.view.gaps}
      subjects={['workloads']}
      height={140}
      axisWidth={44}
    />
  );
};

/** When the count of restarts rose; it falls when a pod is replaced. */
export function restartTimes(
  points: ReadonlyArray<{ timeMs: number; restarts: number }>,
): number[] {
  return points.flatMap((point, index) =>
    index > 0 && point.restarts > points[index - 1].restarts
      ? [point.timeMs]
      : [],
  );
}
