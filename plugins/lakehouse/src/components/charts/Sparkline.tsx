import { useLakehouseColors } from '../useLakehouseColors';

const WIDTH = 120;
const HEIGHT = 28;

/**
 * The shape of a figure over time, without axes. A value that was not observed
 * leaves a hole. Decoration beside the figure, so hidden from screen readers.
 */
export const Sparkline = (props: {
  values: ReadonlyArray<number | undefined>;
  /** Top of the scale; the greatest value unless told. */
  max?: number;
}) => {
  const colors = useLakehouseColors();
  const known = props.values.flatMap(value => value ?? []);
  if (known.length < 2)
    return <svg width={WIDTH} height={HEIGHT} aria-hidden />;
  const max = Math.max(props.max ?? 0, ...known, Number.MIN_VALUE);
  const path = sparklinePath(props.values, max);
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path
        d={path}
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
  values: ReadonlyArray<number | undefined>,
  max: number,
): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  let drawing = false;
  return values
    .flatMap((value, index) => {
      if (value === undefined) {
        drawing = false;
        return [];
      }
      const y = HEIGHT - 2 - (value / max) * (HEIGHT - 4);
      const command = drawing ? 'L' : 'M';
      drawing = true;
      return [`${command}${(index * step).toFixed(1)} ${y.toFixed(1)}`];
    })
    .join(' ');
}
