import { FormEvent, ReactNode, useId, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { toError } from '@backstage/errors';
import { describeError } from '../../api';
import { useLakehouseColors } from '../../components/useLakehouseColors';

/** Others read it later: a word is not enough. */
const MIN_REASON = 5;
const MAX_REASON = 500;

const useStyles = makeStyles(theme => ({
  form: { display: 'grid', gap: theme.spacing(2) },
}));

/** Asks for a reason, and for what else it takes, before something is done. */
export const ReasonDialog = (props: {
  title: string;
  /** What it does and what it does not. */
  explanation: string;
  /** The button: the verb and the object. */
  action: string;
  /** What is wrong with the other fields. */
  problem?: string;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}) => {
  const { problem, onConfirm, onClose } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const id = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [state, confirm] = useAsyncFn(
    async (text: string) => {
      await onConfirm(text);
      onClose();
    },
    [onConfirm, onClose],
  );
  const words = reason.trim();
  const missing =
    words.length < MIN_REASON
      ? 'Say why in a few words: others read it when they look at the budget.'
      : undefined;
  const wrong = problem ?? missing;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong && !state.loading) confirm(words);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      fullWidth
      maxWidth="sm"
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{props.title}</DialogTitle>
        <DialogContent className={classes.form}>
          <Typography variant="body2">{props.explanation}</Typography>
          {props.children}
          <TextField
            id={`${id}-reason`}
            label="Reason"
            variant="outlined"
            size="small"
            margin="none"
            multiline
            minRows={2}
            value={reason}
            error={tried && missing !== undefined}
            helperText={tried ? missing : undefined}
            FormHelperTextProps={{ style: { color: colors.breached } }}
            inputProps={{ maxLength: MAX_REASON }}
            InputLabelProps={{ shrink: true }}
            onChange={event => setReason(event.target.value)}
          />
          {(state.error || (tried && problem)) && (
            <Typography
              variant="body2"
              role="alert"
              style={{ color: colors.breached }}
            >
              {state.error
                ? describeError(toError(state.error)).message
                : problem}
            </Typography>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={state.loading}
          >
            {state.loading ? 'Sending …' : props.action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
