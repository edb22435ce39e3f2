import { makeStyles } from '@material-ui/core/styles';
import type { RunbookStep } from '@lakehouse-ops/plugin-runbooks-common';

/** What each kind of step is, in words beside its shape. */
export const STEP_KINDS: Record<RunbookStep['kind'], string> = {
  action: 'Action',
  check: 'Check',
  verify: 'Proof of effect',
  manual: 'Done by a person',
  approval: 'Approval',
};

const useStyles = makeStyles(theme => {
  // Opaque, unlike colours of text, for the line behind it not to show.
  const ink = theme.palette.grey[theme.palette.type === 'dark' ? 400 : 700];
  return {
    root: { display: 'block', flex: 'none', overflow: 'visible' },
    acts: { fill: ink, stroke: ink, strokeWidth: 2 },
    looks: {
      fill: theme.palette.background.paper,
      stroke: ink,
      strokeWidth: 2,
    },
    asks: {
      fill: theme.palette.background.paper,
      stroke: theme.palette.warning.main,
      strokeWidth: 2.5,
    },
  };
});

const OUTLINES: Record<
  RunbookStep['kind'],
  { look: 'acts' | 'looks' | 'asks'; path: string }
> = {
  action: { look: 'acts', path: 'M3 6 H25 V22 H3 Z' },
  check: { look: 'looks', path: 'M14 2 L26 14 L14 26 L2 14 Z' },
  verify: {
    look: 'looks',
    path: 'M14 3 a11 11 0 1 0 0.01 0 M8.5 14.5 L12.5 18.5 L20 10.5',
  },
  manual: { look: 'asks', path: 'M2 7 H26 L21 21 H7 Z' },
  approval: { look: 'asks', path: 'M8 4 H20 L26 14 L20 24 H8 L2 14 Z' },
};

/** The shape of a kind of step; of one that is repeated, twice. */
export function StepShape(props: {
  kind: RunbookStep['kind'];
  repeated?: boolean;
  size?: number;
}) {
  const classes = useStyles();
  const { kind, repeated, size = 28 } = props;
  const { look, path } = OUTLINES[kind];
  return (
    <svg
      className={classes.root}
      width={size}
      height={size}
      viewBox="0 0 28 28"
      aria-hidden
      focusable="false"
    >
      {repeated && (
        <path d={path} transform="translate(4 -4)" className={classes.looks} />
      )}
      <path d={path} className={classes[look]} />
    </svg>
  );
}
