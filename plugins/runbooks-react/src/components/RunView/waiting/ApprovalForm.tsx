import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useApi } from '@backstage/core-plugin-api';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../../api';
import type { RunCall } from '../../../hooks/useRunCall';
import { FailureView } from '../../FailureView';
import { CommentField } from './CommentField';

const useStyles = makeStyles(theme => ({
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    marginTop: theme.spacing(1.5),
  },
  // Denying is the safe way out, so it looks no smaller than approving.
  button: { textTransform: 'none', flex: '1 1 130px', maxWidth: 260 },
  gap: { marginBottom: theme.spacing(1.5) },
}));

/** Approve or deny what is shown beside it. */
export function ApprovalForm(props: {
  run: Run;
  /** Of what is to be approved now. */
  previewHash: string;
  call: RunCall;
}) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const { run, previewHash, call } = props;
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<string>();
  const [seenHash, setSeenHash] = useState(previewHash);
  const changed = seenHash !== previewHash;

  const decide = (decision: RunApproval['decision']) => {
    const said = comment.trim();
    if (decision === 'denied' && !said) {
      setProblem('Say why, so that they know what to change.');
      return;
    }
    setProblem(undefined);
    call.send(() =>
      api.decideApproval(run.id, {
        decision,
        previewHash: seenHash,
        ...(said ? { comment: said } : {}),
      }),
    );
  };

  return (
    <div>
      {changed && (
        <Alert
          severity="warning"
          className={classes.gap}
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => setSeenHash(previewHash)}
            >
              I have looked again
            </Button>
          }
        >
          What it would do has changed while this page was open.
        </Alert>
      )}
      <CommentField
        label="Comment (needed to deny)"
        value={comment}
        problem={problem}
        disabled={call.busy}
        onChange={value => {
          setComment(value);
          setProblem(undefined);
        }}
      />
      <div className={classes.buttons}>
        <Button
          variant="contained"
          color="primary"
          className={classes.button}
          disabled={call.busy || changed}
          onClick={() => decide('approved')}
        >
          Approve
        </Button>
        <Button
          variant="outlined"
          className={classes.button}
          disabled={call.busy}
          onClick={() => decide('denied')}
        >
          Deny
        </Button>
      </div>
      {call.busy && (
        <Typography variant="body2" role="status">
          Sending …
        </Typography>
      )}
      {call.failure && (
        <FailureView
          failure={call.failure}
          title="Your answer was not taken; what you typed is still here"
        />
      )}
    </div>
  );
}
