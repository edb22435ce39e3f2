import ButtonBase from '@material-ui/core/ButtonBase';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { LakehouseAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { DueTime, RelativeTime } from '../components/format';
import { StatusMark } from '../components/status';
import { ALERT_STATUS, ALERT_WORDS } from './alertLooks';

const useStyles = makeStyles(theme => ({
  root: { height: '100%' },
  button: {
    display: 'grid',
    gridTemplateRows: 'auto auto 1fr',
    gap: theme.spacing(0.5),
    width: '100%',
    height: '100%',
    padding: theme.spacing(1.25, 2),
    textAlign: 'left',
    justifyContent: 'stretch',
    alignItems: 'start',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  open: { backgroundColor: theme.palette.action.selected },
}));

/** An alert or report, its state in plain words. Opens its history. */
export const AlertCard = (props: {
  alert: LakehouseAlert;
  open: boolean;
  onOpen: () => void;
}) => {
  const { alert } = props;
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      <ButtonBase
        focusRipple={false}
        className={`${classes.button} ${props.open ? classes.open : ''}`}
        onClick={props.onOpen}
      >
        <span>
          <StatusMark
            status={ALERT_STATUS[alert.state]}
            word={ALERT_WORDS[alert.state]}
          />
        </span>
        <span className={classes.name}>{alert.name}</span>
        <Typography variant="caption" color="textSecondary" component="span">
          {alert.summary}
          {alert.lastEvaluatedAt && (
            <>
              {' · evaluated '}
              <RelativeTime time={alert.lastEvaluatedAt} />
            </>
          )}
          {alert.nextRunAt && (
            <>
              {' · next '}
              <DueTime time={alert.nextRunAt} />
            </>
          )}
          {alert.nextRunUnknown && ' · next run not known'}
        </Typography>
      </ButtonBase>
    </Paper>
  );
};
