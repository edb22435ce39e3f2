import {
  CartesianGrid,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock, formatCount } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { PLOT_MARGIN, timeAxisProps, valueAxisProps } from './timeAxis';

const HEIGHT = 140;

interface HistoryPoint {
  readonly timeMs: number;
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** Counts over time, one line for each name. */
export const HistoryChart = (props: {
  title: string;
  names: readonly string[];
  points: readonly HistoryPoint[];
}) => {
  const { names, points } = props;
  const colors = useLakehouseColors();
  if (points.length === 0) return null;
  const span = {
    fromMs: points[0].timeMs,
    toMs: Math.max(points[points.length - 1].timeMs, points[0].timeMs + 1),
  };
  const lines = names.map((name, index) => ({
    name,
    color: colors.series[index],
    dash: index === 0 ? undefined : '5 3',
  }));
  return (
    <ChartFrame
      title={props.title}
      summary={summarise(names[0], points)}
      legend={lines.map(line => ({
        label: line.name,
        color: line.color,
        mark: line.dash ? ('dashed' as const) : ('line' as const),
      }))}
      table={{
        columns: ['Time', ...names],
        rows: points.map(point => [
          formatClock(new Date(point.timeMs).toISOString()),
          ...names.map(name => formatCount(point.values[name])),
        ]),
      }}
    >
      {width => (
        <LineChart
          width={width}
          height={HEIGHT}
          data={[...points]}
          margin={PLOT_MARGIN}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis {...timeAxisProps(span, width, colors)} />
          <YAxis
            {...valueAxisProps(colors)}
            width={44}
            allowDecimals={false}
            tickCount={4}
            tickFormatter={formatCount}
          />
          {lines.map(line => (
            <Line
              key={line.name}
              name={line.name}
              dataKey={(point: HistoryPoint) => point.values[line.name]}
              type="stepAfter"
              stroke={line.color}
              strokeDasharray={line.dash}
              strokeWidth={1.75}
              dot={points.length < 3}
              isAnimationActive={false}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) => {
              const at = points.find(point => point.timeMs === label);
              if (!active || !at) return null;
              return (
                <ChartTooltip
                  title={formatClock(new Date(at.timeMs).toISOString())}
                  rows={lines.map(line => ({
                    label: line.name,
                    value: formatCount(at.values[line.name]),
                    color: line.color,
                  }))}
                />
              );
            }}
          />
        </LineChart>
      )}
    </ChartFrame>
  );
};

function summarise(name: string, points: readonly HistoryPoint[]): string {
  const known = points.flatMap(point => point.values[name] ?? []);
  if (known.length === 0) return 'Not observed in this time.';
  const first = known[0];
  const last = known[known.length - 1];
  return first === last
    ? `${formatCount(last)} ${name} throughout.`
    : `${formatCount(first)} → ${formatCount(last)} ${name}.`;
}
