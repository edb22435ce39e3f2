import { Area, ReferenceArea, ReferenceLine } from 'recharts';
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
import { blockedSpans, oomKillTimes } from './memoryMarks';
import type { TimeSpan } from './timeAxis';
import { TimeChart } from './TimeChart';

/** Memory of the general pool over time: reserved, revocable, free. */
export const MemoryChart = (props: {
  series: readonly ClusterSample[];
  gaps: readonly Gap[];
  /** How long a sample counts as current. */
  holdMs: number;
  span: TimeSpan;
}) => {
  const colors = useLakehouseColors();
  const samples = props.series.flatMap(sample =>
    sample.memory
      ? [{ timeMs: Date.parse(sample.sampledAt), ...sample.memory }]
      : [],
  );
  const blocked = blockedSpans(samples);
  const kills = oomKillTimes(samples);
  const parts = [
    { field: 'reservedBytes', label: 'reserved', color: colors.series[0] },
    { field: 'revocableBytes', label: 'revocable', color: colors.series[1] },
    { field: 'freeBytes', label: 'free', color: colors.free },
  ] as const;
  return (
    <TimeChart
      title="Memory"
      summary={summarise(samples, kills.length)}
      legend={[
        ...parts.map(({ label, color }) => ({
          label,
          color,
          mark: 'area' as const,
        })),
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
      ]}
      columns={[
        { title: 'Reserved', text: at => formatBytes(at.reservedBytes) },
        { title: 'Revocable', text: at => formatBytes(at.revocableBytes) },
        { title: 'Free', text: at => formatBytes(at.freeBytes) },
        { title: 'Blocked nodes', text: at => String(at.blockedNodes) },
      ]}
      rows={at => [
        ...parts.map(({ field, label, color }) => ({
          label,
          value: formatBytes(at[field]),
          color,
        })),
        { label: 'blocked nodes', value: String(at.blockedNodes) },
      ]}
      points={samples}
      span={props.span}
      holdMs={props.holdMs}
      gaps={props.gaps}
      subjects={['cluster.memory']}
      valueAxis={{
        tickFormatter: formatBytes,
        domain: [0, quarters(samples)[4]],
        allowDataOverflow: true,
        ticks: quarters(samples),
      }}
    >
      {parts.map(({ field, color }) => (
        <Area
          key={field}
          dataKey={field}
          stackId="memory"
          type="stepAfter"
          stroke="none"
          fill={color}
          fillOpacity={0.85}
          isAnimationActive={false}
          connectNulls={false}
          activeDot={false}
        />
      ))}
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
    </TimeChart>
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
