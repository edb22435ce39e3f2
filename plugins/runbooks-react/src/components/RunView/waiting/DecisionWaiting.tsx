import { useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../../api';
import { useRunCall } from '../../../hooks/useRunCall';
import { FailureView } from '../../FailureView';
import { TargetText } from '../../labels';
import { CommentField } from './CommentField';
import { stepTitle } from './stepTitle';
import { WaitingFrame } from './WaitingFrame';

const CHOICES = [
  {
    outcome: 'done',
    title: 'It took effect',
    then: 'The run goes on with the next step.',
  },
  {
    outcome: 'not-done',
    title: 'It did not take effect',
    then: 'It is tried again if that can do no harm; else the step has failed.',
  },
  {
    outcome: 'stop',
    title: 'I can’t tell: stop here',
    then: 'The run ends with its outcome unknown; only the steps for the end still run.',
  },
] as const;

type OutcomeSaid = (typeof CHOICES)[number]['outcome'];

const useStyles = makeStyles(theme => ({
  facts: {
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
  },
  legend: { marginBottom: theme.spacing(1) },
  choice: {
    alignItems: 'flex-start',
    '& .MuiRadio-root': { paddingTop: 2, paddingBottom: 2 },
    marginBottom: theme.spacing(1),
  },
  form: { maxWidth: 640, '& > * + *': { marginTop: theme.spacing(1.5) } },
}));

/** A run that stopped because nothing could tell whether a step took effect. */
export function DecisionWaiting(props: {
  run: Run;
  waiting: Extract<RunWaiting, { kind: 'decision' }>;
}) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const labelId = useId();
  const { run, waiting } = props;
  const call = useRunCall();
  const [outcome, setOutcome] = useState<OutcomeSaid>();
  const [comment, setComment] = useState('');
  const done = call.answer !== undefined;
  const ready = outcome !== undefined && comment.trim() !== '';
  const target =
    run.steps.find(step => step.stepId === waiting.stepId && step.target)
      ?.target ?? run.target;
  return (
    <WaitingFrame
      title={`Somebody has to look: did “${stepTitle(
        run,
        waiting.stepId,
      )}” take effect?`}
      since={waiting.since}
      until={waiting.until}
    >
      <div>
        <Typography variant="subtitle2" component="h4" gutterBottom>
          What is known
        </Typography>
        <Typography variant="body2" className={classes.facts}>
          {waiting.facts}
        </Typography>
      </div>
      <Typography variant="body2">
        Look at <TargetText target={target} /> itself, then say what is true.
      </Typography>
      <div className={classes.form}>
        <FormControl component="fieldset" disabled={call.busy || done}>
          <FormLabel component="legend" id={labelId} className={classes.legend}>
            What you saw
          </FormLabel>
          <RadioGroup
            aria-labelledby={labelId}
            value={outcome ?? ''}
            onChange={(_event, value) =>
              setOutcome(
                CHOICES.find(choice => choice.outcome === value)?.outcome,
              )
            }
          >
            {CHOICES.map(choice => (
              <FormControlLabel
                key={choice.outcome}
                value={choice.outcome}
                className={classes.choice}
                control={<Radio color="primary" size="small" />}
                label={
                  <>
                    {choice.title}
                    <Typography
                      variant="body2"
                      color="textSecondary"
                      component="div"
                    >
                      {choice.then}
                    </Typography>
                  </>
                }
              />
            ))}
          </RadioGroup>
        </FormControl>
        <CommentField
          label="How you know"
          required
          value={comment}
          disabled={call.busy || done}
          onChange={setComment}
        />
        {call.failure && (
          <FailureView
            failure={call.failure}
            title="What you said was not taken; it is still here"
          />
        )}
        <Button
          variant="contained"
          color="primary"
          disabled={!ready || call.busy || done}
          onClick={() =>
            outcome &&
            call.send(() =>
              api.decideOutcome(run.id, {
                stepId: waiting.stepId,
                outcome,
                comment: comment.trim(),
              }),
            )
          }
        >
          Say so
        </Button>
        <Typography variant="body2" role="status">
          {done && 'What you said was taken. The run acts on it.'}
        </Typography>
      </div>
    </WaitingFrame>
  );
}
