import { useId } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type {
  ClusterSample,
  Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatClock,
  formatNumberOf,
  formatShare,
} from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { breakAtHoles, gapSpans, mergeSpans, sampleHoles } from './gapSpans';
import { HatchPattern, hatchedSpans } from './hatchedSpans';
import { blockedSpans, oomKillTimes } from './memoryMarks';
import {
  PLOT_MARGIN,
  timeAxisProps,
  TimeSpan,
  valueAxisProps,
} from './timeAxis';

const HEIGHT = 190;

/** Memory of the general pool over time: reserved, revocable, free. */
export const MemoryChart = (props: {
  series: readonly ClusterSample[];
  gaps: readonly Gap[];
  /** How long a sample counts as current. */
  holdMs: number;
  span: TimeSpan;
}) => {
  const colors = useLakehouseColors();
  const patternId = `hatch${useId().replace(/\W/g, '')}`;
  const samples = props.series.flatMap(sample =>
    sample.memory
      ? [{ timeMs: Date.parse(sample.sampledAt), ...sample.memory }]
      : [],
  );
  const holes = mergeSpans(
    [
      ...gapSpans(props.gaps, ['cluster.memory'], props.span),
      ...sampleHoles(
        samples.map(({ timeMs }) => timeMs),
        props.holdMs,
        props.span,
      ),
    ],
    props.span,
  );
  const blocked = blockedSpans(samples);
  const kills = oomKillTimes(samples);
  const legend = [
    { label: 'reserved', color: colors.series[0], mark: 'area' as const },
    { label: 'revocable', color: colors.series[1], mark: 'area' as const },
    { label: 'free', color: colors.free, mark: 'area' as const },
    ...(blocked.length
      ? [
          {
            label: 'nodes blocked',
            color: colors.atRisk,
            mark: 'hatched' as const,
          },
        ]
      : []),
    ...(kills.length
      ? [
          {
            label: 'out-of-memory kill',
            color: colors.breached,
            mark: 'dashed' as const,
          },
        ]
      : []),
    ...(holes.length
      ? [
          {
            label: 'not observed',
            color: colors.hatch,
            mark: 'hatched' as const,
          },
        ]
      : []),
  ];
  return (
    <ChartFrame
      title="Memory"
      summary={summarise(samples, kills.length)}
      legend={legend}
      table={{
        columns: ['Time', 'Reserved', 'Revocable', 'Free', 'Blocked nodes'],
        rows: samples.map(sample => [
          formatClock(new Date(sample.timeMs).toISOString()),
          formatBytes(sample.reservedBytes),
          formatBytes(sample.revocableBytes),
          formatBytes(sample.freeBytes),
          String(sample.blockedNodes),
        ]),
      }}
    >
      {width => (
        <AreaChart
          width={width}
          height={HEIGHT}
          data={breakAtHoles(samples, props.holdMs)}
          margin={PLOT_MARGIN}
          accessibilityLayer={false}
        >
          <HatchPattern id={patternId} color={colors.hatch} />
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis {...timeAxisProps(props.span, width, colors)} />
          <YAxis
            {...valueAxisProps(colors)}
            tickFormatter={formatBytes}
            domain={[0, quarters(samples)[4]]}
            allowDataOverflow
            ticks={quarters(samples)}
          />
          {hatchedSpans(holes, patternId)}
          {(['reservedBytes', 'revocableBytes', 'freeBytes'] as const).map(
            (field, index) => (
              <Area
                key={field}
                dataKey={field}
                stackId="memory"
                type="stepAfter"
                stroke="none"
                fill={legend[index].color}
                fillOpacity={0.85}
                isAnimationActive={false}
                connectNulls={false}
                activeDot={false}
              />
            ),
          )}
          {blocked.map(span => (
            <ReferenceArea
              key={span.fromMs}
              x1={span.fromMs}
              x2={span.toMs}
              fill={colors.atRisk}
              fillOpacity={0.3}
              stroke={colors.atRisk}
              strokeDasharray="2 2"
              ifOverflow="hidden"
            />
          ))}
          {kills.map(timeMs => (
            <ReferenceLine
              key={timeMs}
              x={timeMs}
              stroke={colors.breached}
              strokeDasharray="4 2"
              strokeWidth={2}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) => {
              const at = samples.find(sample => sample.timeMs === label);
              if (!active || !at) return null;
              return (
                <ChartTooltip
                  title={formatClock(new Date(at.timeMs).toISOString())}
                  rows={[
                    {
                      label: 'reserved',
                      value: formatBytes(at.reservedBytes),
                      color: colors.series[0],
                    },
                    {
                      label: 'revocable',
                      value: formatBytes(at.revocableBytes),
                      color: colors.series[1],
                    },
                    {
                      label: 'free',
                      value: formatBytes(at.freeBytes),
                      color: colors.free,
                    },
                    {
                      label: 'blocked nodes',
                      value: String(at.blockedNodes),
                    },
                  ]}
                />
              );
            }}
          />
        </AreaChart>
      )}
    </ChartFrame>
  );
};

/** Ticks at quarters of the pool: round numbers of bytes are not round in binary units. */
function quarters(samples: ReadonlyArray<{ totalBytes: number }>): number[] {
  const top = samples.reduce(
    (most, { totalBytes }) => Math.max(most, totalBytes),
    1,
  );
  return [0, 1, 2, 3, 4].map(quarter => (top * quarter) / 4);
}

function summarise(
  samples: ReadonlyArray<{
    timeMs: number;
    reservedBytes: number;
    totalBytes: number;
  }>,
  kills: number,
): string {
  const shares = samples
    .filter(sample => sample.totalBytes > 0)
    .map(sample => ({
      timeMs: sample.timeMs,
      share: sample.reservedBytes / sample.totalBytes,
    }));
  if (shares.length === 0) return 'Not observed in this time.';
  const peak = shares.reduce((a, b) => (b.share > a.share ? b : a));
  const at = formatClock(new Date(peak.timeMs).toISOString());
  const killed =
    kills > 0 ? `; ${formatNumberOf(kills, 'out-of-memory kill')}` : '';
  return `At most ${formatShare(peak.share)} reserved (${at})${killed}.`;
}
