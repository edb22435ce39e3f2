import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import type { QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatShare } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { PLOT_MARGIN, valueAxisProps } from './timeAxis';

const HEIGHT = 224;

type Bin = QueryStats['histogram'][number];

/** How long ended queries took. A click on a bar selects its durations. */
export const DurationHistogram = (props: {
  stats: QueryStats;
  onSelect?: (range: { fromMs: number; toMs?: number }) => void;
}) => {
  const colors = useLakehouseColors();
  const bins = props.stats.histogram.map(bin => ({
    ...bin,
    label: binLabel(bin),
    finished: bin.count - bin.failed,
  }));
  const select = (label: string | number | undefined) => {
    const bin = bins.find(candidate => candidate.label === label);
    if (bin) props.onSelect?.({ fromMs: bin.fromMs, toMs: bin.toMs });
  };
  return (
    <ChartFrame
      title="Durations"
      summary={summarise(bins)}
      table={{
        columns: ['Duration', 'Queries', 'Failed'],
        rows: bins.map(bin => [
          bin.label,
          formatCount(bin.count),
          formatCount(bin.failed),
        ]),
      }}
    >
      {width => (
        <BarChart
          width={width}
          height={HEIGHT}
          data={bins}
          margin={PLOT_MARGIN}
          accessibilityLayer={false}
          barCategoryGap="12%"
          style={{ cursor: props.onSelect && 'pointer' }}
          onClick={moment => select(moment.activeLabel)}
        >
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis
            dataKey="label"
            tick={{ fontSize: 11, fill: colors.text }}
            tickLine={false}
            axisLine={{ stroke: colors.muted }}
            interval="preserveStartEnd"
          />
          <YAxis
            {...valueAxisProps(colors)}
            width={44}
            allowDecimals={false}
            tickCount={4}
            tickFormatter={formatCount}
          />
          <Bar
            dataKey="failed"
            stackId="count"
            fill={colors.breached}
            isAnimationActive={false}
          />
          <Bar
            dataKey="finished"
            stackId="count"
            fill={colors.muted}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: colors.grid, fillOpacity: 0.6 }}
            content={({ active, label }) => {
              const bin = bins.find(candidate => candidate.label === label);
              if (!active || !bin) return null;
              return (
                <ChartTooltip
                  title={bin.label}
                  rows={[
                    {
                      label: 'finished',
                      value: formatCount(bin.finished),
                      color: colors.muted,
                    },
                    {
                      label: 'failed',
                      value: formatCount(bin.failed),
                      color: colors.breached,
                    },
                  ]}
                />
              );
            }}
          />
        </BarChart>
      )}
    </ChartFrame>
  );
};

function binLabel(bin: Bin): string {
  if (bin.toMs === undefined) return `≥ ${short(bin.fromMs)}`;
  return bin.fromMs === 0
    ? `< ${short(bin.toMs)}`
    : `${short(bin.fromMs)}–${short(bin.toMs)}`;
}

function short(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${oneDecimal(ms / 1_000)} s`;
  return ms < 3_600_000
    ? `${oneDecimal(ms / 60_000)} m`
    : `${oneDecimal(ms / 3_600_000)} h`;
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

function summarise(bins: ReadonlyArray<Bin & { label: string }>): string {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return 'No query ended in this time.';
  const most = bins.reduce((a, b) => (b.count > a.count ? b : a));
  return `Most took ${most.label} (${formatShare(most.count / total)}).`;
}
