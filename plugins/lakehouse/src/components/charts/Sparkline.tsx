import { useLakehouseColors } from '../useLakehouseColors';
import { breakAtHoles } from './gapSpans';

const WIDTH = 120;
const HEIGHT = 28;

/** A value at a time; absent where it was not observed. */
export interface SparklinePoint {
  readonly timeMs: number;
  readonly value?: number;
}

/**
 * The shape of a figure over time, without axes. What was not observed leaves
 * a hole. Decoration beside the figure, so hidden from screen readers.
 */
export const Sparkline = (props: {
  points: readonly SparklinePoint[];
  /** How long a value counts as current. */
  holdMs: number;
  /** Top of the scale; the greatest value unless told. */
  max?: number;
}) => {
  const colors = useLakehouseColors();
  const known = props.points.flatMap(({ value }) => value ?? []);
  if (known.length < 2) {
    return <svg width={WIDTH} height={HEIGHT} aria-hidden />;
  }
  const max = Math.max(props.max ?? 0, ...known, Number.MIN_VALUE);
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path
        d={sparklinePath(breakAtHoles(props.points, props.holdMs), max)}
        fill="none"
        stroke={colors.accent}
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
};

/** The line of a sparkline, lifted off the paper at each hole. */
export function sparklinePath(
  points: readonly SparklinePoint[],
  max: number,
): string {
  const fromMs = points[0]?.timeMs ?? 0;
  const lengthMs = Math.max(
    1,
    (points[points.length - 1]?.timeMs ?? 0) - fromMs,
  );
  let drawing = false;
  return points
    .flatMap(({ timeMs, value }) => {
      if (value === undefined) {
        drawing = false;
        return [];
      }
      const x = ((timeMs - fromMs) / lengthMs) * WIDTH;
      const y = HEIGHT - 2 - (value / max) * (HEIGHT - 4);
      const command = drawing ? 'L' : 'M';
      drawing = true;
      return [`${command}${x.toFixed(1)} ${y.toFixed(1)}`];
    })
    .join(' ');
}
