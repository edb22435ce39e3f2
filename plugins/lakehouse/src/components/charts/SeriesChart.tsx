import { Area, Line, ReferenceArea, ReferenceLine } from 'recharts';
import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouseColors } from '../useLakehouseColors';
import { TimeChart } from './TimeChart';
import type { TimeSpan } from './timeAxis';

/** One value over time. */
export interface ChartSeries<P> {
  readonly name: string;
  readonly value: (point: P) => number | undefined;
  readonly look?: 'area' | 'line' | 'dashed';
  /** Means something; a colour of its own unless told. */
  readonly tone?: 'atRisk' | 'breached' | 'muted';
}

/** Something that happened: a moment, or a span. */
export interface ChartMark {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs?: number;
}

interface SeriesChartProps<P extends { readonly timeMs: number }> {
  readonly title: string;
  readonly summary: string;
  readonly series: ReadonlyArray<ChartSeries<P>>;
  readonly points: readonly P[];
  readonly format: (value: number | undefined) => string;
  readonly span: TimeSpan;
  readonly holdMs?: number;
  readonly gaps?: readonly Gap[];
  readonly subjects?: readonly GapSubject[];
  /** Other spans that were not observed. */
  readonly unobserved?: readonly TimeSpan[];
  readonly marks?: readonly ChartMark[];
  /** Top of the scale; the greatest value unless told. */
  readonly top?: number;
  readonly height?: number;
  readonly axisWidth?: number;
  /** Small charts beside each other are named by their titles alone. */
  readonly plain?: boolean;
}

/** A few values over time, with marks for what happened. */
export function SeriesChart<P extends { readonly timeMs: number }>(
  props: SeriesChartProps<P>,
) {
  const { points, format, marks = [], top } = props;
  const colors = useLakehouseColors();
  const lines = props.series.map((one, index) => ({
    ...one,
    look: one.look ?? 'line',
    color: one.tone ? colors[one.tone] : colors.series[index],
  }));
  // The chart also asks about the ends of the axis and about holes, which are no points.
  const pointAt = new Map(points.map(point => [point.timeMs, point]));
  const valueOf =
    (value: (point: P) => number | undefined) =>
    ({ timeMs }: { timeMs: number }) => {
      const point = pointAt.get(timeMs);
      return point && value(point);
    };
  const markNames = [...new Set(marks.map(({ name }) => name))];
  return (
    <TimeChart
      title={props.title}
      summary={props.summary}
      legend={[
        ...(props.plain
          ? []
          : lines.map(({ name, color, look }) => ({
              label: name,
              color,
              mark: look,
            }))),
        ...markNames.map(label => ({
          label,
          color: colors.breached,
          mark: 'dashed' as const,
        })),
      ]}
      columns={lines.map(({ name, value }) => ({
        title: name,
        text: (point: P) => format(value(point)),
      }))}
      rows={point =>
        lines.map(({ name, color, value }) => ({
          label: name,
          value: format(value(point)),
          color,
        }))
      }
      points={points}
      span={props.span}
      holdMs={props.holdMs}
      gaps={props.gaps}
      subjects={props.subjects}
      unobserved={props.unobserved}
      height={props.height}
      valueAxis={{
        width: props.axisWidth ?? 62,
        tickFormatter: format,
        tickCount: 4,
        ...(top === undefined
          ? { domain: [0, 'auto'] }
          : {
              domain: [0, top],
              ticks: [0, top / 2, top],
              allowDataOverflow: true,
            }),
      }}
    >
      {marks.map(mark =>
        mark.toMs === undefined ? (
          <ReferenceLine
            key={`${mark.name} ${mark.fromMs}`}
            x={mark.fromMs}
            stroke={colors.breached}
            strokeDasharray="4 2"
            strokeWidth={2}
          />
        ) : (
          <ReferenceArea
            key={`${mark.name} ${mark.fromMs}`}
            x1={mark.fromMs}
            x2={mark.toMs}
            fill={colors.breached}
            fillOpacity={0.2}
            stroke={colors.breached}
            strokeDasharray="2 2"
            ifOverflow="hidden"
          />
        ),
      )}
      {lines.map(({ name, look, color, value }) =>
        look === 'area' ? (
          <Area
            key={name}
            name={name}
            dataKey={valueOf(value)}
            type="stepAfter"
            stroke={color}
            fill={color}
            fillOpacity={0.35}
            isAnimationActive={false}
            activeDot={false}
          />
        ) : (
          <Line
            key={name}
            name={name}
            dataKey={valueOf(value)}
            type="stepAfter"
            stroke={color}
            strokeDasharray={look === 'dashed' ? '5 3' : undefined}
            strokeWidth={1.75}
            dot={points.length < 3}
            activeDot={false}
            isAnimationActive={false}
          />
        ),
      )}
    </TimeChart>
  );
}
