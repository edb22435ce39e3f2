import { makeStyles } from '@material-ui/core/styles';
import { ApprovalsForMe } from './Approvals/ApprovalsForMe';
import { AllStopButton } from './Pauses/AllStopButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(1.5),
  },
}));

/** At hand on every page of Runbooks: what waits for the viewer, and all stop. */
export function HeaderActions() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <ApprovalsForMe />
      <AllStopButton />
    </div>
  );
}
