import { Line } from 'recharts';
import { formatCount } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { TimeChart } from './TimeChart';

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
  const lines = names.map((name, index) => ({
    name,
    color: colors.series[index],
    dash: index === 0 ? undefined : '5 3',
  }));
  return (
    <TimeChart
      title={props.title}
      summary={summarise(names[0], points)}
      legend={lines.map(line => ({
        label: line.name,
        color: line.color,
        mark: line.dash ? ('dashed' as const) : ('line' as const),
      }))}
      columns={names.map(name => ({
        title: name,
        text: (point: HistoryPoint) => formatCount(point.values[name]),
      }))}
      rows={point =>
        lines.map(line => ({
          label: line.name,
          value: formatCount(point.values[line.name]),
          color: line.color,
        }))
      }
      points={points}
      span={{
        fromMs: points[0].timeMs,
        toMs: Math.max(points[points.length - 1].timeMs, points[0].timeMs + 1),
      }}
      height={HEIGHT}
      valueAxis={{
        width: 44,
        allowDecimals: false,
        tickCount: 4,
        tickFormatter: formatCount,
      }}
    >
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
    </TimeChart>
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
