import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { MarkdownContent } from '@backstage/core-components';
import type { RunbookStep } from '@lakehouse-ops/plugin-runbooks-common';
import { stepDoes, stepFacts } from './stepFacts';
import { STEP_KINDS, StepShape } from './StepShape';

/** Where the line of the flow runs, from the left. */
export const RAIL_PX = 26;
const SHAPE_PX = 28;

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    padding: theme.spacing(0, 0, 2.5, 6.5),
    // The line of the flow; the shapes lie on it.
    '&::before': {
      content: '""',
      position: 'absolute',
      top: 0,
      bottom: 0,
      left: RAIL_PX - 1,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
  },
  failing: {
    '&::before': {
      borderLeft: `2px dashed ${theme.palette.error.main}`,
    },
  },
  // Past the step, for when its condition does not hold.
  bypass: {
    position: 'absolute',
    top: 10,
    bottom: 4,
    left: 6,
    width: RAIL_PX - 6,
    border: `2px dashed ${theme.palette.text.secondary}`,
    borderRight: 'none',
    borderRadius: '10px 0 0 10px',
  },
  condition: { marginBottom: theme.spacing(1), overflowWrap: 'anywhere' },
  conditionShape: {
    position: 'absolute',
    top: 4,
    left: RAIL_PX - 6,
    width: 12,
    height: 12,
    transform: 'rotate(45deg)',
    border: `2px solid ${theme.palette.text.secondary}`,
    backgroundColor: theme.palette.background.paper,
  },
  shape: { position: 'absolute', left: RAIL_PX - SHAPE_PX / 2 },
  title: { fontWeight: 500, lineHeight: `${SHAPE_PX}px` },
  kind: { color: theme.palette.text.secondary, fontWeight: 400 },
  code: {
    fontFamily: 'monospace',
    fontSize: theme.typography.pxToRem(13),
    overflowWrap: 'anywhere',
  },
  facts: {
    margin: 0,
    listStyle: 'disc',
    paddingLeft: theme.spacing(2),
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  docs: {
    ...theme.typography.body2,
    overflowWrap: 'anywhere',
    '& p': { ...theme.typography.body2, margin: 0 },
    '& ul, & ol': { margin: 0, paddingLeft: theme.spacing(2.5) },
  },
}));

/** A step of a runbook with its shape on the line of the flow. */
export function FlowStep(props: {
  step: RunbookStep;
  /** Stands in the branch for failures. */
  failing?: boolean;
  /** Its details are told elsewhere. */
  brief?: boolean;
}) {
  const classes = useStyles();
  const { step, failing, brief } = props;
  const people = step.kind === 'manual' || step.kind === 'approval';
  return (
    <li
      className={`${classes.root} ${failing ? classes.failing : ''}`}
      data-kind={step.kind}
    >
      {step.if !== undefined && (
        <>
          <span className={classes.bypass} aria-hidden />
          <span className={classes.conditionShape} aria-hidden />
          <Typography variant="body2" className={classes.condition}>
            Only if <span className={classes.code}>{step.if}</span>
          </Typography>
        </>
      )}
      <span className={classes.shape}>
        <StepShape
          kind={step.kind}
          repeated={step.kind === 'action' && step.foreach !== undefined}
          size={SHAPE_PX}
        />
      </span>
      <Typography component="div" className={classes.title}>
        {step.title}{' '}
        <span className={classes.kind}>· {STEP_KINDS[step.kind]}</span>
      </Typography>
      {people ? (
        <MarkdownContent
          className={classes.docs}
          content={stepDoes(step)}
          dialect="gfm"
        />
      ) : (
        <Typography variant="body2" className={classes.code}>
          {stepDoes(step)}
        </Typography>
      )}
      {!brief && (
        <ul className={classes.facts}>
          {stepFacts(step).map(fact => (
            <Typography key={fact} component="li" variant="body2">
              {fact}
            </Typography>
          ))}
        </ul>
      )}
      {step.docs && (
        <MarkdownContent
          className={classes.docs}
          content={step.docs}
          dialect="gfm"
        />
      )}
    </li>
  );
}
