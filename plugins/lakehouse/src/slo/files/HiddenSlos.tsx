import LockIcon from '@material-ui/icons/LockOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { formatNumberOf } from '../../components/format';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    color: theme.palette.text.primary,
    fontSize: theme.typography.body2.fontSize,
    fontFamily: theme.typography.fontFamily,
  },
  icon: { fontSize: '1.1rem' },
}));

/** How many SLOs the viewer may not see, and what it takes; nothing when they may see all. */
export const HiddenSlos = (props: { hidden: number }) => {
  const classes = useStyles();
  if (props.hidden === 0) return null;
  return (
    <div className={classes.root} role="note" data-state="denied">
      <LockIcon className={classes.icon} aria-hidden />
      <span>
        {formatNumberOf(props.hidden, 'more SLO')} that you may not see: it
        takes lakehouse.slo.read on every connection that an SLO is counted on;
        ask those who run this Backstage.
      </span>
    </div>
  );
};
