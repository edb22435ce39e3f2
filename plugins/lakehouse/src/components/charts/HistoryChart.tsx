import { formatCount } from '../format';
import { SeriesChart } from './SeriesChart';

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
  if (points.length === 0) return null;
  return (
    <SeriesChart
      title={props.title}
      summary={summarise(names[0], points)}
      series={names.map((name, index) => ({
        name,
        value: (point: HistoryPoint) => point.values[name],
        look: index === 0 ? ('line' as const) : ('dashed' as const),
      }))}
      points={points}
      format={formatCount}
      span={{
        fromMs: points[0].timeMs,
        toMs: Math.max(points[points.length - 1].timeMs, points[0].timeMs + 1),
      }}
      height={HEIGHT}
      axisWidth={44}
    />
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
