import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import { NOT_OBSERVED } from '../../components/format';
import { useLakehouseColors } from '../../components/useLakehouseColors';

const WIDTH = 120;
const HEIGHT = 24;
const MARGIN = 2;

/** The budget left over the window, with a line where it is empty. Decoration beside the figure. */
export const BudgetSparkline = (props: { points: SloSummary['sparkline'] }) => {
  const colors = useLakehouseColors();
  const known = props.points.flatMap(({ remaining }) => remaining ?? []);
  if (known.length === 0) return <span aria-hidden>{NOT_OBSERVED}</span>;
  const top = Math.max(1, ...known);
  const bottom = Math.min(0, ...known);
  const y = (remaining: number) =>
    MARGIN + ((top - remaining) / (top - bottom)) * (HEIGHT - 2 * MARGIN);
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <line
        x1="0"
        x2={WIDTH}
        y1={y(0)}
        y2={y(0)}
        stroke={colors.muted}
        strokeDasharray="3 2"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={budgetPath(props.points, y)}
        fill="none"
        stroke={colors.accent}
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={dotsPath(props.points, y)}
        fill="none"
        stroke={colors.accent}
        strokeWidth="4"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
};

/** A line through what was observed, lifted where nothing was. */
export function budgetPath(
  points: SloSummary['sparkline'],
  y: (remaining: number) => number,
): string {
  const x = xScale(points);
  let drawing = false;
  return points
    .flatMap(({ at, remaining }) => {
      if (remaining === undefined) {
        drawing = false;
        return [];
      }
      const command = drawing ? 'L' : 'M';
      drawing = true;
      return [`${command}${x(at).toFixed(1)} ${y(remaining).toFixed(1)}`];
    })
    .join(' ');
}

/** Dots where a line has no length to be seen: points between holes, and the newest one. */
export function dotsPath(
  points: SloSummary['sparkline'],
  y: (remaining: number) => number,
): string {
  const x = xScale(points);
  return points
    .flatMap(({ at, remaining }, index) => {
      const isAlone =
        index === points.length - 1 ||
        (points[index - 1]?.remaining === undefined &&
          points[index + 1].remaining === undefined);
      return remaining !== undefined && isAlone
        ? [`M${x(at).toFixed(1)} ${y(remaining).toFixed(1)}h0`]
        : [];
    })
    .join(' ');
}

/** Inside the margins, so that dots at the ends are whole. */
function xScale(points: SloSummary['sparkline']): (at: string) => number {
  const fromMs = Date.parse(points[0]?.at ?? '');
  const lastMs = Date.parse(points[points.length - 1]?.at ?? '');
  const lengthMs = lastMs - fromMs;
  const width = WIDTH - 2 * MARGIN;
  return at =>
    lengthMs > 0
      ? MARGIN + ((Date.parse(at) - fromMs) / lengthMs) * width
      : WIDTH - MARGIN;
}
