import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../../api';
import { useRunCall } from '../../../hooks/useRunCall';
import { useStableJson } from '../../../hooks/useStableJson';
import { useParameterValues } from '../../../parameters/useParameterValues';
import { FailureView } from '../../FailureView';
import { ParametersForm } from '../../ParametersForm';
import { stepTitle } from './stepTitle';
import { WaitingFrame } from './WaitingFrame';

const NOTHING_GIVEN: JsonObject = {};

const useStyles = makeStyles(theme => ({
  form: { maxWidth: 640 },
  instruction: {
    overflowWrap: 'anywhere',
    '& > :first-child': { marginTop: 0 },
  },
  send: {
    paddingTop: theme.spacing(1),
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
}));

/** A run that goes on once somebody has done something and says what they saw. */
export function AnswerWaiting(props: {
  run: Run;
  waiting: Extract<RunWaiting, { kind: 'answer' }>;
}) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const { run, waiting } = props;
  // Reading the run again must not empty the form.
  const schema = useStableJson(waiting.answerSchema);
  const form = useParameterValues(schema, NOTHING_GIVEN);
  const call = useRunCall();
  const { complete, open } = form;
  const done = call.answer !== undefined;
  return (
    <WaitingFrame
      title={`Waits for you or somebody else: ${stepTitle(
        run,
        waiting.stepId,
      )}`}
      since={waiting.since}
      until={waiting.until}
    >
      <div className={classes.instruction}>
        <MarkdownContent content={waiting.instruction} />
      </div>
      {open && (
        <div className={classes.form}>
          <ParametersForm
            open={open}
            values={form.values}
            disabled={call.busy || done}
            onChange={form.setValues}
          />
        </div>
      )}
      {call.failure && (
        <FailureView
          failure={call.failure}
          title="Your answer was not taken; what you typed is still here"
        />
      )}
      <div className={classes.send}>
        <Button
          variant="contained"
          color="primary"
          disabled={!complete || call.busy || done}
          onClick={() =>
            complete &&
            call.send(() =>
              api.answerStep(run.id, {
                stepId: waiting.stepId,
                answer: complete,
              }),
            )
          }
        >
          Done, go on
        </Button>
        <Typography variant="body2" color="textSecondary" role="status">
          {done
            ? 'Your answer was taken. The run goes on.'
            : form.problems.join('. ')}
        </Typography>
      </div>
    </WaitingFrame>
  );
}
