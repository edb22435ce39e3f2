import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';

/** The picture's own units; it grows with its place. */
const WIDTH = 300;
const HEIGHT = 84;
const TOP = 8;
const FLOOR = 66;
const RUN_FROM = 132;
const RUN_TO = 168;

const useStyles = makeStyles(theme => ({
  root: { display: 'block', width: '100%', maxWidth: 420 },
  floor: { stroke: theme.palette.divider, strokeWidth: 1 },
  band: { fill: theme.palette.action.hover },
  hatch: { stroke: theme.palette.text.disabled, strokeWidth: 1 },
  before: {
    stroke: theme.palette.text.secondary,
    fill: theme.palette.text.secondary,
  },
  after: {
    stroke: theme.palette.primary.main,
    fill: theme.palette.primary.main,
  },
  line: { strokeWidth: 2.5, fill: 'none' },
  area: { stroke: 'none', fillOpacity: 0.14 },
  between: {
    stroke: theme.palette.text.secondary,
    strokeWidth: 1.5,
    strokeDasharray: '3 3',
  },
  word: {
    fill: theme.palette.text.secondary,
    fontSize: 11,
    fontFamily: theme.typography.fontFamily,
  },
}));

/**
 * A figure before and after a run, with the run marked between them. Both
 * stand on one scale that begins at zero.
 */
export function BeforeAfterChart(props: {
  before: number | undefined;
  after: number | undefined;
  /** The whole of it in words. */
  label: string;
}) {
  const classes = useStyles();
  const patternId = useId();
  const { before, after, label } = props;
  const largest = Math.max(before ?? 0, after ?? 0);
  const yOf = (value: number) =>
    largest > 0 && value > 0
      ? FLOOR - ((FLOOR - TOP) * value) / largest
      : FLOOR;
  const sides = [
    { name: 'before', value: before, from: 0, to: RUN_FROM },
    { name: 'after', value: after, from: RUN_TO, to: WIDTH },
  ] as const;
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <pattern
          id={patternId}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line className={classes.hatch} x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      <rect
        className={classes.band}
        x={RUN_FROM}
        y="0"
        width={RUN_TO - RUN_FROM}
        height={FLOOR}
      />
      <rect
        fill={`url(#${patternId})`}
        opacity={0.5}
        x={RUN_FROM}
        y="0"
        width={RUN_TO - RUN_FROM}
        height={FLOOR}
      />
      {sides.map(({ name, value, from, to }) =>
        value === undefined ? undefined : (
          <g key={name} className={classes[name]}>
            <rect
              className={classes.area}
              x={from}
              y={yOf(value)}
              width={to - from}
              height={FLOOR - yOf(value)}
            />
            <line
              className={classes.line}
              x1={from}
              x2={to}
              y1={yOf(value)}
              y2={yOf(value)}
            />
          </g>
        ),
      )}
      {before !== undefined && after !== undefined && (
        <line
          className={classes.between}
          x1={RUN_FROM}
          y1={yOf(before)}
          x2={RUN_TO}
          y2={yOf(after)}
        />
      )}
      <line className={classes.floor} x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} />
      {[
        { word: 'before', x: RUN_FROM / 2 },
        { word: 'run', x: (RUN_FROM + RUN_TO) / 2 },
        { word: 'after', x: (RUN_TO + WIDTH) / 2 },
      ].map(({ word, x }) => (
        <text
          key={word}
          className={classes.word}
          x={x}
          y={HEIGHT - 4}
          textAnchor="middle"
        >
          {word}
        </text>
      ))}
    </svg>
  );
}
