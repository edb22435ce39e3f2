import { ComponentProps, ReactNode, useId } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import type { LegendEntry } from './ChartLegend';
import { ChartTooltip, TooltipRow } from './ChartTooltip';
import { breakAtHoles, gapSpans, mergeSpans, sampleHoles } from './gapSpans';
import { HatchPattern, hatchedSpans } from './hatchedSpans';
import {
  PLOT_MARGIN,
  timeAxisProps,
  TimeSpan,
  valueAxisProps,
} from './timeAxis';

const HEIGHT = 190;
/** Without any value there is no scale, but still room to say that nothing was observed. */
const NO_VALUES = { domain: [0, 1], ticks: [] };

/** Anything that was observed at a time. */
interface TimePoint {
  readonly timeMs: number;
}

/** One column of the table that stands for a chart where it can't be seen. */
export interface TimeChartColumn<P> {
  readonly title: string;
  readonly text: (point: P) => string;
}

interface TimeChartProps<P extends TimePoint> {
  readonly title: string;
  readonly summary: string;
  readonly legend: readonly LegendEntry[];
  readonly points: readonly P[];
  readonly columns: ReadonlyArray<TimeChartColumn<P>>;
  /** What it says under the pointer. */
  readonly rows: (point: P) => readonly TooltipRow[];
  readonly span: TimeSpan;
  /** How long a point counts as current; points are joined whatever lies between when absent. */
  readonly holdMs?: number;
  readonly gaps?: readonly Gap[];
  /** What the chart's values are part of. */
  readonly subjects?: readonly GapSubject[];
  /** Other spans that were not observed. */
  readonly unobserved?: readonly TimeSpan[];
  readonly height?: number;
  readonly valueAxis?: Omit<ComponentProps<typeof YAxis>, 'ref'>;
  /** Areas, lines and marks. */
  readonly children: ReactNode;
}

/** What charts over time share: axes, grid, what was not observed, and the tooltip. */
export function TimeChart<P extends TimePoint>(props: TimeChartProps<P>) {
  const { points, span, holdMs } = props;
  const colors = useLakehouseColors();
  const patternId = `hatch${useId().replace(/\W/g, '')}`;
  const holes = mergeSpans(
    [
      ...gapSpans(props.gaps ?? [], props.subjects ?? [], span),
      ...(props.unobserved ?? []),
      ...(holdMs === undefined
        ? []
        : sampleHoles(
            points.map(({ timeMs }) => timeMs),
            holdMs,
            span,
          )),
    ],
    span,
  );
  const blank = [
    { timeMs: span.fromMs, blank: 0 },
    { timeMs: span.toMs, blank: 0 },
  ];
  const shown =
    holdMs === undefined ? [...points] : breakAtHoles(points, holdMs);
  const data = points.length > 0 ? shown : blank;
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      legend={[
        ...props.legend,
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
        columns: ['Time', ...props.columns.map(({ title }) => title)],
        rows: points.map(point => [
          clockOf(point),
          ...props.columns.map(({ text }) => text(point)),
        ]),
      }}
    >
      {width => (
        <ComposedChart
          width={width}
          height={props.height ?? HEIGHT}
          data={data}
          margin={PLOT_MARGIN}
          accessibilityLayer={false}
        >
          <HatchPattern id={patternId} color={colors.hatch} />
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis {...timeAxisProps(span, width, colors)} />
          <YAxis
            {...valueAxisProps(colors)}
            {...(points.length > 0 ? props.valueAxis : NO_VALUES)}
          />
          {hatchedSpans(holes, patternId)}
          {points.length > 0 ? (
            props.children
          ) : (
            <Line
              dataKey="blank"
              stroke="none"
              dot={false}
              isAnimationActive={false}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) => {
              const at = points.find(point => point.timeMs === label);
              return active && at ? (
                <ChartTooltip title={clockOf(at)} rows={props.rows(at)} />
              ) : null;
            }}
          />
        </ComposedChart>
      )}
    </ChartFrame>
  );
}

function clockOf(point: TimePoint): string {
  return formatClock(new Date(point.timeMs).toISOString());
}
