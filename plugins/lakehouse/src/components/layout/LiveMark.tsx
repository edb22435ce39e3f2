import { makeStyles } from '@material-ui/core/styles';
import type { LakehouseResource } from '../../api';
import { formatAge, useNow } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontSize: theme.typography.caption.fontSize,
    whiteSpace: 'nowrap',
  },
}));

/** Whether what is shown keeps itself up to date, and when it last did. */
export const LiveMark = (props: { resource: LakehouseResource<unknown> }) => {
  const { error, updatedAt } = props.resource;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const now = useNow(5_000);
  // Without data the state below says what is the case.
  if (!updatedAt) return null;
  const age = formatAge(now.getTime() - updatedAt.getTime());
  return (
    <span className={classes.root} title={`loaded ${age} ago`}>
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden>
        <circle
          cx="4"
          cy="4"
          r="3.2"
          fill={error ? 'none' : colors.healthy}
          stroke={error ? colors.atRisk : colors.healthy}
          strokeWidth="1.5"
        />
      </svg>
      {error ? 'not live' : 'live'}
    </span>
  );
};
