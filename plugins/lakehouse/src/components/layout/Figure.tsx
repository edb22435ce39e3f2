import type { ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { NOT_OBSERVED } from '../format';
import { hatching } from '../states/hatching';
import { useLakehouseColors } from '../useLakehouseColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateRows: 'auto auto 1fr',
    padding: theme.spacing(1.25, 2),
  },
  value: {
    fontSize: '1.5rem',
    lineHeight: 1.25,
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
  },
  detail: { marginLeft: theme.spacing(1) },
  chart: { alignSelf: 'end', lineHeight: 0, height: 28 },
}));

/** One figure with its name, what it is of, and its shape over time. */
export const Figure = (props: {
  label: string;
  /** Undefined: not observed, which is not zero. */
  value?: string;
  detail?: string;
  /** Why there is no value. */
  missing?: string;
  tone?: 'normal' | 'atRisk' | 'breached';
  chart?: ReactNode;
}) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const observed = props.value !== undefined;
  const color =
    props.tone && props.tone !== 'normal' ? colors[props.tone] : undefined;
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      role="group"
      aria-label={props.label}
      data-state={observed ? undefined : 'gap'}
      style={observed ? undefined : { backgroundImage: hatching(colors.hatch) }}
    >
      <Typography variant="caption" color="textSecondary">
        {props.label}
      </Typography>
      <div>
        <span className={classes.value} style={{ color }}>
          {observed ? props.value : NOT_OBSERVED}
        </span>
        <Typography
          variant="caption"
          color="textSecondary"
          className={classes.detail}
        >
          {observed ? props.detail : props.missing ?? 'not observed'}
        </Typography>
      </div>
      {props.chart && <div className={classes.chart}>{props.chart}</div>}
    </Paper>
  );
};
