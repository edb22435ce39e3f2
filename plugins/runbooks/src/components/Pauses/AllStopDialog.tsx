import { useId, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/core-plugin-api';
import {
  describeFailure,
  FailureView,
  runbooksApiRef,
  type Failure,
} from '@lakehouse-ops/plugin-runbooks-react';

const MAX_REASON_LENGTH = 500;

/** Asks why, and holds all runs. */
export function AllStopDialog(props: {
  open: boolean;
  onClose(): void;
  onPaused(): void;
}) {
  const api = useApi(runbooksApiRef);
  const id = useId();
  const { open, onClose, onPaused } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [pausing, setPausing] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const pause = async () => {
    const said = reason.trim();
    setMissing(!said);
    if (!said) return;
    setPausing(true);
    setFailure(undefined);
    try {
      await api.pause({ scope: 'all', reason: said });
      setReason('');
      onPaused();
    } catch (thrown) {
      setFailure(describeFailure(thrown));
    } finally {
      setPausing(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      TransitionProps={{ onEntered: () => field.current?.focus() }}
    >
      <DialogTitle id={`${id}-title`}>Stop all runs?</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          Nothing is started any more, by nobody and no schedule, and runs that
          are under way stop before their next step. A step that acts now is not
          broken off. All of it goes on when the pause is ended.
        </DialogContentText>
        <TextField
          id={`${id}-reason`}
          label="Why"
          value={reason}
          required
          inputRef={field}
          fullWidth
          multiline
          minRows={2}
          variant="outlined"
          error={missing}
          helperText={
            missing
              ? 'Say why: everybody who meets the pause reads it.'
              : 'Everybody who meets the pause reads this.'
          }
          inputProps={{ maxLength: MAX_REASON_LENGTH }}
          onChange={event => {
            setReason(event.target.value);
            setMissing(false);
          }}
        />
        {failure && (
          <FailureView failure={failure} title="Runs were not stopped" />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Leave them running</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={pausing}
          onClick={pause}
        >
          Stop all runs
        </Button>
      </DialogActions>
    </Dialog>
  );
}
