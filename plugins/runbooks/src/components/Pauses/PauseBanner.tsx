import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import PauseCircleOutlineIcon from '@material-ui/icons/PauseCircleOutline';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Allowance,
  RunbookPause,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeFailure,
  FailureView,
  PersonText,
  runbooksApiRef,
  TimeText,
  type Failure,
} from '@lakehouse-ops/plugin-runbooks-react';
import { usePauses } from '../../reads/usePauses';

const useStyles = makeStyles(theme => ({
  root: {
    marginBottom: theme.spacing(2),
    border: `2px solid ${theme.palette.warning.main}`,
    flexWrap: 'wrap',
    overflowWrap: 'anywhere',
    '& .MuiAlert-message': { flex: '1 1 220px' },
  },
  action: { flex: 'none' },
}));

function scopeKey({ scope }: RunbookPause): string {
  return scope === 'all' ? 'all' : `runbook ${scope.runbookId}`;
}

function Banner(props: {
  pause: RunbookPause;
  mayPause?: Allowance;
  onEnded(): void;
}) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const { pause, mayPause, onEnded } = props;
  const { scope, by, at, reason } = pause;
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const end = async () => {
    setEnding(true);
    setFailure(undefined);
    try {
      await api.endPause({ scope });
      onEnded();
    } catch (thrown) {
      setFailure(describeFailure(thrown));
    } finally {
      setEnding(false);
    }
  };

  const refused = mayPause?.allowed === false;
  return (
    <Alert
      severity="warning"
      className={classes.root}
      icon={<PauseCircleOutlineIcon fontSize="inherit" />}
      action={
        !refused && (
          <Button
            color="inherit"
            variant="outlined"
            size="small"
            className={classes.action}
            disabled={ending}
            onClick={end}
          >
            End the pause
          </Button>
        )
      }
    >
      <AlertTitle>
        {scope === 'all' ? (
          'All runs are paused'
        ) : (
          <>
            Runs of <code>{scope.runbookId}</code> are paused
          </>
        )}
      </AlertTitle>
      <Typography variant="body2">
        <PersonText entityRef={by} />, <TimeText iso={at} />: {reason}
      </Typography>
      <Typography variant="body2">
        Nothing is started, and runs stop before their next step.
        {refused && mayPause?.allowed === false && ` ${mayPause.reason}`}
      </Typography>
      {failure && (
        <FailureView failure={failure} title="The pause was not ended" />
      )}
    </Alert>
  );
}

/** Tells of every pause that is on: who, since when, why, and how to end it. */
export function PauseBanner() {
  const { value, refresh } = usePauses();
  if (!value?.items.length) return null;
  return (
    <section aria-label="Pauses">
      {value.items.map(pause => (
        <Banner
          key={scopeKey(pause)}
          pause={pause}
          mayPause={value.mayPause}
          onEnded={refresh}
        />
      ))}
    </section>
  );
}
