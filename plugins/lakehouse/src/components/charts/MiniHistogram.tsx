import { useLakehouseColors } from '../useLakehouseColors';

const BAR = 12;
const HEIGHT = 22;

/** The shape of a distribution in a cell. The last bin may mean something of its own. */
export const MiniHistogram = (props: {
  /** What it shows, in words. */
  label: string;
  counts: readonly number[];
  lastTone?: 'atRisk';
}) => {
  const { counts } = props;
  const colors = useLakehouseColors();
  const most = Math.max(1, ...counts);
  return (
    <svg
      width={counts.length * BAR}
      height={HEIGHT}
      role="img"
      aria-label={props.label}
    >
      <title>{props.label}</title>
      {counts.map((count, index) => {
        const last = index === counts.length - 1;
        // What is there at all can be seen.
        const height = count === 0 ? 1 : 2 + (count / most) * (HEIGHT - 2);
        const tone =
          last && props.lastTone ? colors[props.lastTone] : undefined;
        return (
          <rect
            key={`${index}`}
            x={index * BAR + 1}
            y={HEIGHT - height}
            width={BAR - 2}
            height={height}
            fill={count === 0 ? colors.muted : tone ?? colors.accent}
          />
        );
      })}
    </svg>
  );
};
