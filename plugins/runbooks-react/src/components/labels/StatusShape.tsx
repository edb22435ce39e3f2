import type { Theme } from '@material-ui/core/styles';
import { makeStyles } from '@material-ui/core/styles';

/** What a shape means; each differs in outline, not in colour alone. */
export type ShapeKind =
  | 'good'
  | 'bad'
  | 'warning'
  | 'unknown'
  | 'active'
  | 'waiting'
  | 'idle';

const useStyles = makeStyles<Theme>(theme => ({
  root: { flex: 'none', width: '0.75em', height: '0.75em' },
  good: { fill: theme.palette.success.main },
  bad: { fill: theme.palette.error.main },
  warning: { fill: theme.palette.warning.main },
  unknown: {
    fill: 'none',
    stroke: theme.palette.warning.main,
    strokeWidth: 2.5,
    strokeDasharray: '3 2',
  },
  active: { fill: theme.palette.info.main },
  waiting: { fill: theme.palette.warning.main },
  idle: {
    fill: 'none',
    stroke: theme.palette.text.secondary,
    strokeWidth: 2,
  },
}));

const SHAPES: Record<ShapeKind, JSX.Element> = {
  good: <circle cx="6" cy="6" r="5.5" />,
  bad: <rect x="1" y="1" width="10" height="10" />,
  warning: <path d="M6 0.5 L11.8 11 L0.2 11 Z" />,
  unknown: <circle cx="6" cy="6" r="4.5" />,
  active: <path d="M2 0.5 L11.5 6 L2 11.5 Z" />,
  waiting: <path d="M1.5 1 H5 V11 H1.5 Z M7 1 H10.5 V11 H7 Z" />,
  idle: <circle cx="6" cy="6" r="4.5" />,
};

/** A small shape beside a word. It says nothing that the word does not. */
export function StatusShape({ kind }: { kind: ShapeKind }) {
  const classes = useStyles();
  return (
    <svg
      className={`${classes.root} ${classes[kind]}`}
      viewBox="0 0 12 12"
      aria-hidden
      focusable="false"
    >
      {SHAPES[kind]}
    </svg>
  );
}
