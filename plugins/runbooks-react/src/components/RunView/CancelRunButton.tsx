import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../api';
import { describeFailure } from '../../failures/describeFailure';
import { canCancel, whereItStops } from './outcome';

const useStyles = makeStyles({ root: { maxWidth: 230 } });

/**
 * Asks a run to stop, and says what that does and does not do. Renders nothing
 * for a run that is over.
 *
 * @public
 */
export function CancelRunButton({ run }: { run: Run }) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const [asked, setAsked] = useState(false);
  const [failureMessage, setFailureMessage] = useState<string>();
  if (isFinalRunState(run.state)) return null;

  const cancel = async () => {
    setAsked(true);
    setFailureMessage(undefined);
    try {
      await api.cancelRun(run.id);
    } catch (thrown) {
      setAsked(false);
      setFailureMessage(describeFailure(thrown).message);
    }
  };

  const stopping = asked || !canCancel(run);
  return (
    <div className={classes.root}>
      <Button
        variant="outlined"
        size="small"
        disabled={stopping}
        onClick={cancel}
      >
        {stopping ? 'Stopping …' : 'Cancel run'}
      </Button>
      <Typography variant="caption" component="p">
        {whereItStops(run)}
      </Typography>
      {failureMessage && (
        <Typography variant="body2" color="error" role="alert">
          It was not stopped. {failureMessage}
        </Typography>
      )}
    </div>
  );
}
