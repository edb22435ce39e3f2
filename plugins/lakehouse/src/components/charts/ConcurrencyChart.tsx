import { Area, Line } from 'recharts';
import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ConcurrencyPoint, concurrencyPoints } from './concurrencyPoints';
import type { TimeSpan } from './timeAxis';
import { TimeChart } from './TimeChart';

/** Running queries by resource group, stacked, and how many wait in all. */
export const ConcurrencyChart = (props: {
  view: ClusterView;
  span: TimeSpan;
}) => {
  const colors = useLakehouseColors();
  const { groups, points } = concurrencyPoints(props.view);
  const colorOf = (index: number) =>
    colors.series[index % colors.series.length];
  const peak = points.reduce((most, point) => Math.max(most, point.queued), 0);
  return (
    <TimeChart
      title="Concurrency"
      summary={
        points.length === 0
          ? 'Not observed in this time.'
          : `Running now: ${formatCount(
              points[points.length - 1].runningTotal,
            )}; at most ${formatCount(peak)} waited.`
      }
      legend={[
        ...groups.map((group, index) => ({
          label: group,
          color: colorOf(index),
          mark: 'area' as const,
        })),
        { label: 'queued', color: colors.atRisk, mark: 'dashed' },
      ]}
      columns={[
        ...groups.map(group => ({
          title: group,
          text: (point: ConcurrencyPoint) => formatCount(point.running[group]),
        })),
        { title: 'Queued', text: point => formatCount(point.queued) },
      ]}
      rows={point => [
        ...groups.map((group, index) => ({
          label: group,
          value: formatCount(point.running[group]),
          color: colorOf(index),
        })),
        {
          label: 'queued',
          value: formatCount(point.queued),
          color: colors.atRisk,
        },
      ]}
      points={points}
      span={props.span}
      holdMs={props.view.staleAfterSeconds * 1_000}
      gaps={props.view.gaps}
      subjects={['cluster.queries', 'cluster.resource-groups']}
      valueAxis={{ allowDecimals: false, tickCount: 4 }}
    >
      {groups.map((group, index) => (
        <Area
          key={group}
          name={group}
          dataKey={(point: { running?: Record<string, number> }) =>
            point.running?.[group]
          }
          stackId="running"
          type="stepAfter"
          stroke="none"
          fill={colorOf(index)}
          fillOpacity={0.85}
          isAnimationActive={false}
          activeDot={false}
        />
      ))}
      <Line
        dataKey="queued"
        type="stepAfter"
        stroke={colors.atRisk}
        strokeDasharray="5 3"
        strokeWidth={2}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    </TimeChart>
  );
};
