import { useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock, formatCount } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { concurrencyPoints } from './concurrencyPoints';
import { breakAtHoles, gapSpans, mergeSpans, sampleHoles } from './gapSpans';
import { HatchPattern, hatchedSpans } from './hatchedSpans';
import {
  PLOT_MARGIN,
  timeAxisProps,
  TimeSpan,
  valueAxisProps,
} from './timeAxis';

const HEIGHT = 190;

/** Running queries by resource group, stacked, and how many wait in all. */
export const ConcurrencyChart = (props: {
  view: ClusterView;
  span: TimeSpan;
}) => {
  const colors = useLakehouseColors();
  const patternId = `hatch${useId().replace(/\W/g, '')}`;
  const { groups, points } = concurrencyPoints(props.view);
  const holdMs = props.view.staleAfterSeconds * 1_000;
  const holes = mergeSpans(
    [
      ...gapSpans(
        props.view.gaps,
        ['cluster.queries', 'cluster.resource-groups'],
        props.span,
      ),
      ...sampleHoles(
        points.map(({ timeMs }) => timeMs),
        holdMs,
        props.span,
      ),
    ],
    props.span,
  );
  const colorOf = (index: number) =>
    colors.series[index % colors.series.length];
  const peak = points.reduce((most, point) => Math.max(most, point.queued), 0);
  return (
    <ChartFrame
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
        { label: 'queued', color: colors.atRisk, mark: 'dashed' as const },
        ...(holes.length
          ? [
              {
                label: 'not observed',
                color: colors.hatch,
                mark: 'hatched' as const,
              },
            ]
          : []),
      ]}
      table={{
        columns: ['Time', ...groups, 'Queued'],
        rows: points.map(point => [
          formatClock(new Date(point.timeMs).toISOString()),
          ...groups.map(group => formatCount(point.running[group])),
          formatCount(point.queued),
        ]),
      }}
    >
      {width => (
        <ComposedChart
          width={width}
          height={HEIGHT}
          data={breakAtHoles(points, holdMs)}
          margin={PLOT_MARGIN}
          accessibilityLayer={false}
        >
          <HatchPattern id={patternId} color={colors.hatch} />
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis {...timeAxisProps(props.span, width, colors)} />
          <YAxis
            {...valueAxisProps(colors)}
            allowDecimals={false}
            tickCount={4}
          />
          {hatchedSpans(holes, patternId)}
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
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) => {
              const at = points.find(point => point.timeMs === label);
              if (!active || !at) return null;
              return (
                <ChartTooltip
                  title={formatClock(new Date(at.timeMs).toISOString())}
                  rows={[
                    ...groups.map((group, index) => ({
                      label: group,
                      value: formatCount(at.running[group]),
                      color: colorOf(index),
                    })),
                    {
                      label: 'queued',
                      value: formatCount(at.queued),
                      color: colors.atRisk,
                    },
                  ]}
                />
              );
            }}
          />
        </ComposedChart>
      )}
    </ChartFrame>
  );
};
