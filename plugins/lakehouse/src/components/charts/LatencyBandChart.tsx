import { useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Gap, QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock, formatCount, formatDuration } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { FailuresStrip } from './FailuresStrip';
import { gapSpans } from './gapSpans';
import { HatchPattern, hatchedSpans } from './hatchedSpans';
import {
  latencyDomain,
  latencyPoints,
  latencySpan,
  latencyTicks,
} from './latencyPoints';
import {
  PLOT_MARGIN,
  timeAxisProps,
  TimeSpan,
  valueAxisProps,
} from './timeAxis';
import { useTimeBrush } from './useTimeBrush';

const HEIGHT = 150;

/**
 * Wall time quantiles of ended queries over time, above a strip of how many
 * ended and failed. Dragging over either selects a span of time.
 */
export const LatencyBandChart = (props: {
  stats: QueryStats;
  /** Where queries were not observed. */
  gaps?: readonly Gap[];
  onSelect?: (span: TimeSpan) => void;
}) => {
  const { stats } = props;
  const colors = useLakehouseColors();
  const points = latencyPoints(stats);
  const domain = latencyDomain(points);
  const span = latencySpan(stats);
  const { selection, handlers } = useTimeBrush({
    bucketMs: stats.bucketMs,
    onSelect: props.onSelect,
  });
  const patternId = `hatch${useId().replace(/\W/g, '')}`;
  const holes = gapSpans(props.gaps ?? [], ['queries', 'query-events'], span);
  const lines = [
    { field: 'p50Ms', label: 'p50', color: colors.series[1], dash: undefined },
    { field: 'p95Ms', label: 'p95', color: colors.series[0], dash: undefined },
    { field: 'p99Ms', label: 'p99', color: colors.series[3], dash: '4 3' },
  ] as const;
  const mark = selection && (
    <ReferenceArea
      x1={selection.fromMs}
      x2={selection.toMs}
      fill={colors.accent}
      fillOpacity={0.18}
      ifOverflow="hidden"
    />
  );
  return (
    <ChartFrame
      title="Latency of ended queries"
      summary={summarise(stats)}
      legend={[
        ...lines.map(line => ({
          label: line.label,
          color: line.color,
          mark: line.dash ? ('dashed' as const) : ('line' as const),
        })),
        { label: 'finished', color: colors.muted, mark: 'area' },
        { label: 'failed', color: colors.breached, mark: 'area' },
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
        columns: ['Time', 'p50', 'p95', 'p99', 'Finished', 'Failed'],
        rows: points.map(point => [
          formatClock(new Date(point.timeMs).toISOString()),
          formatDuration(point.p50Ms),
          formatDuration(point.p95Ms),
          formatDuration(point.p99Ms),
          formatCount(point.finished),
          formatCount(point.failed),
        ]),
      }}
    >
      {width => (
        <>
          <ComposedChart
            width={width}
            height={HEIGHT}
            data={points}
            margin={PLOT_MARGIN}
            accessibilityLayer={false}
            syncId={`latency ${stats.from}`}
            style={{
              cursor: props.onSelect && 'crosshair',
              userSelect: 'none',
            }}
            {...handlers}
          >
            <HatchPattern id={patternId} color={colors.hatch} />
            <CartesianGrid vertical={false} stroke={colors.grid} />
            <XAxis {...timeAxisProps(span, width, colors)} hide />
            <YAxis
              {...valueAxisProps(colors)}
              scale="log"
              domain={domain}
              ticks={latencyTicks(domain)}
              allowDataOverflow
              tickFormatter={formatTick}
            />
            {hatchedSpans(holes, patternId)}
            <Area
              dataKey="band"
              stroke="none"
              fill={colors.series[0]}
              fillOpacity={0.15}
              isAnimationActive={false}
              activeDot={false}
            />
            {lines.map(line => (
              <Line
                key={line.field}
                dataKey={line.field}
                stroke={line.color}
                strokeDasharray={line.dash}
                strokeWidth={1.75}
                // A dot each: a bucket between two empty ones has no line.
                dot={{ r: 1.5, fill: line.color, strokeWidth: 0 }}
                isAnimationActive={false}
              />
            ))}
            {mark}
            <Tooltip
              isAnimationActive={false}
              content={({ active, label }) => {
                const at = points.find(point => point.timeMs === label);
                if (!active || !at) return null;
                return (
                  <ChartTooltip
                    title={formatClock(new Date(at.timeMs).toISOString())}
                    rows={[
                      ...lines.map(line => ({
                        label: line.label,
                        value: formatDuration(at[line.field]),
                        color: line.color,
                      })),
                      {
                        label: 'finished',
                        value: formatCount(at.finished),
                        color: colors.muted,
                      },
                      {
                        label: 'failed',
                        value: formatCount(at.failed),
                        color: colors.breached,
                      },
                    ]}
                  />
                );
              }}
            />
          </ComposedChart>
          <FailuresStrip
            points={points}
            span={span}
            width={width}
            syncId={`latency ${stats.from}`}
            handlers={handlers}
          >
            {mark}
          </FailuresStrip>
        </>
      )}
    </ChartFrame>
  );
};

/** Axis labels without the needless decimal: `1 s`, `100 s`. */
function formatTick(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

function summarise(stats: QueryStats): string {
  const { ended, failed, p50Ms, p95Ms, p99Ms } = stats.overall;
  if (ended === 0) return 'No query ended in this time.';
  const quantiles = `p50 ${formatDuration(p50Ms)}, p95 ${formatDuration(
    p95Ms,
  )}, p99 ${formatDuration(p99Ms)}`;
  return `${quantiles}; ${formatCount(failed)} of ${formatCount(
    ended,
  )} failed. Logarithmic.`;
}
