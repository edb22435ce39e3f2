import { ReactNode } from 'react';
import { Area, Line, ReferenceArea, ReferenceLine } from 'recharts';
import type {
  SloHistory,
  SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { TimeChart, TimeSpan } from '../../components/charts';
import { formatCount, NOT_OBSERVED } from '../../components/format';
import {
  LakehouseColors,
  useLakehouseColors,
} from '../../components/useLakehouseColors';
import { formatRemaining } from '../sloFormat';
import { BudgetPoint, budgetPoints, budgetScale } from './budgetPoints';
import { markLegend } from './markLegend';
import { markLines } from './markLines';
import type { SloMark } from './sloMarks';
import { summariseBudget } from './summariseBudget';

const HEIGHT = 230;

/** Room for a sign, a figure of it, and what is round a label on the axis, in px. */
const TICK_CHAR = 6.5;
const TICK_ROOM = 14;
const AXIS_WIDTH = 62;

/** Writes a share of the budget on the axis; negative ones too. Its blank does not break. */
const formatTick = (share: number) =>
  `${formatCount(Math.round(share * 100))}\u00a0%`;

function axisWidth(ticks: readonly number[]): number {
  const longest = Math.max(...ticks.map(tick => formatTick(tick).length));
  return Math.max(AXIS_WIDTH, TICK_ROOM + longest * TICK_CHAR);
}

/**
 * The budget left over the window: as it is, as it would be when spent evenly,
 * as it may become; with what happened, what does not count and what was not
 * observed.
 */
export const BurnDownChart = (props: {
  history: SloHistory;
  /** The budget's window. */
  window: TimeSpan;
  /** What is shown of it. */
  span: TimeSpan;
  marks: readonly SloMark[];
  /** The moment that a link is about. */
  atMs?: number;
  /** The past is counted from here on. */
  countedFromMs?: number;
  /** Drawn beside what was. */
  whatIf?: SloWhatIf;
}) => {
  const { history, window, span, marks, atMs, countedFromMs, whatIf } = props;
  const colors = useLakehouseColors();
  const points = budgetPoints(
    history.points,
    whatIf ? [] : history.forecast,
    whatIf?.points,
  );
  const scale = budgetScale(points);
  const known = history.points.some(({ remaining }) => remaining !== undefined);
  const forecasts = points.some(({ band }) => band !== undefined);
  const uncounted =
    countedFromMs !== undefined && countedFromMs > span.fromMs
      ? [{ fromMs: span.fromMs, toMs: countedFromMs }]
      : [];
  return (
    <TimeChart
      title={
        whatIf ? 'Budget left, as it is and with the change' : 'Budget left'
      }
      summary={summariseBudget(history)}
      legend={[
        { label: 'left', color: colors.accent, mark: 'line' },
        ...(whatIf
          ? [
              {
                label: 'with the change',
                color: colors.series[2],
                mark: 'line' as const,
              },
            ]
          : []),
        { label: 'spent evenly', color: colors.unknown, mark: 'dashed' },
        ...(forecasts
          ? [
              {
                label: 'forecast',
                color: colors.series[3],
                mark: 'dashed' as const,
              },
            ]
          : []),
        ...(history.excluded.length > 0
          ? [
              {
                label: 'does not count',
                color: colors.muted,
                mark: 'area' as const,
              },
            ]
          : []),
        ...markLegend(
          marks.map(({ kind }) => kind),
          colors,
        ),
      ]}
      points={points}
      columns={[
        { title: 'Left', text: ({ remaining }) => formatRemaining(remaining) },
        ...(whatIf
          ? [
              {
                title: 'With the change',
                text: ({ changed }: BudgetPoint) => formatRemaining(changed),
              },
            ]
          : []),
        {
          title: 'Forecast',
          text: ({ forecast, band }) =>
            band
              ? `${formatRemaining(forecast)} (${formatTick(
                  band[0],
                )} to ${formatTick(band[1])})`
              : NOT_OBSERVED,
        },
      ]}
      rows={({ remaining, changed, forecast, band }) => [
        ...(forecast === undefined || remaining !== undefined
          ? [
              {
                label: 'left',
                value: formatRemaining(remaining),
                color: colors.accent,
              },
            ]
          : []),
        ...(whatIf
          ? [
              {
                label: 'with the change',
                value: formatRemaining(changed),
                color: colors.series[2],
              },
            ]
          : []),
        ...(band && remaining === undefined
          ? [
              {
                label: 'forecast',
                value: `${formatRemaining(forecast)} (${formatTick(
                  band[0],
                )} to ${formatTick(band[1])})`,
                color: colors.series[3],
              },
            ]
          : []),
      ]}
      span={span}
      unobserved={[
        ...history.gaps.map(gap => ({
          fromMs: Date.parse(gap.from),
          toMs: Date.parse(gap.to),
        })),
        ...uncounted,
        ...(known ? [] : [span]),
      ]}
      height={HEIGHT}
      valueAxis={{
        ...scale,
        width: axisWidth(scale.ticks),
        tickFormatter: formatTick,
        allowDataOverflow: true,
      }}
    >
      {excludedAreas(history.excluded, colors)}
      <ReferenceLine y={0} stroke={colors.breached} strokeWidth={1} />
      <ReferenceLine
        segment={[
          { x: window.fromMs, y: 1 },
          { x: window.toMs, y: 0 },
        ]}
        stroke={colors.unknown}
        strokeDasharray="5 4"
        ifOverflow="hidden"
      />
      {markLines(marks, colors)}
      {countedFromMs !== undefined && uncounted.length > 0 && (
        <ReferenceLine
          x={countedFromMs}
          stroke={colors.text}
          label={{
            value: 'counted from here',
            position: labelSide(countedFromMs, span, 'Bottom'),
            fontSize: 11,
            fill: colors.text,
          }}
        />
      )}
      {atMs !== undefined && (
        <ReferenceLine
          x={atMs}
          stroke={colors.text}
          strokeWidth={2}
          label={{
            value: 'linked moment',
            position: labelSide(atMs, span, ''),
            fontSize: 11,
            fill: colors.text,
          }}
        />
      )}
      {forecasts && (
        <Area
          dataKey="band"
          stroke="none"
          fill={colors.series[3]}
          fillOpacity={0.2}
          isAnimationActive={false}
          activeDot={false}
        />
      )}
      {forecasts && (
        <Line
          dataKey="forecast"
          stroke={colors.series[3]}
          strokeDasharray="4 3"
          strokeWidth={1.5}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      {whatIf && (
        <Line
          dataKey="changed"
          stroke={colors.series[2]}
          strokeWidth={2}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      <Line
        dataKey="remaining"
        stroke={colors.accent}
        strokeWidth={2}
        dot={false}
        isAnimationActive={false}
      />
    </TimeChart>
  );
};

/** Where a label of a moment has room: towards the middle of the chart. */
function labelSide<H extends 'Bottom' | ''>(
  timeMs: number,
  { fromMs, toMs }: TimeSpan,
  height: H,
) {
  return timeMs > (fromMs + toMs) / 2
    ? (`inside${height}Right` as const)
    : (`inside${height}Left` as const);
}

function excludedAreas(
  excluded: SloHistory['excluded'],
  colors: LakehouseColors,
): ReactNode {
  return excluded.map(({ from, to }) => (
    <ReferenceArea
      key={`${from} ${to}`}
      x1={Date.parse(from)}
      x2={Date.parse(to)}
      fill={colors.muted}
      fillOpacity={0.45}
      stroke={colors.unknown}
      ifOverflow="hidden"
    />
  ));
}
