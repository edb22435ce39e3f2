import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  RunbookDefinition,
  RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { FlowStep, RAIL_PX } from './FlowStep';
import { STEP_KINDS, StepShape } from './StepShape';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  end: {
    position: 'relative',
    padding: theme.spacing(0, 0, 2, 6.5),
    color: theme.palette.text.secondary,
    '&::before': {
      content: '""',
      position: 'absolute',
      top: 6,
      left: RAIL_PX - 6,
      width: 12,
      height: 12,
      borderRadius: '50%',
      backgroundColor: theme.palette.text.secondary,
    },
  },
  start: {
    '&::after': {
      content: '""',
      position: 'absolute',
      top: 18,
      bottom: 0,
      left: RAIL_PX - 1,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
  },
  // Leaves the line of the flow to the right, and goes down beside it.
  branch: {
    position: 'relative',
    padding: theme.spacing(0, 0, 2, 5),
    '&::before': {
      content: '""',
      position: 'absolute',
      top: 0,
      bottom: 0,
      left: RAIL_PX - 1,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
    '&::after': {
      content: '""',
      position: 'absolute',
      top: 12,
      left: RAIL_PX,
      width: 40,
      height: 28,
      borderTop: `2px dashed ${theme.palette.error.main}`,
      borderRight: `2px dashed ${theme.palette.error.main}`,
      borderRadius: '0 10px 0 0',
    },
  },
  heading: {
    position: 'relative',
    fontWeight: 500,
    paddingLeft: theme.spacing(6.5),
    paddingBottom: theme.spacing(2),
  },
  headingOnLine: {
    '&::before': {
      content: '""',
      position: 'absolute',
      top: 0,
      bottom: 0,
      left: RAIL_PX - 1,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
  },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    marginTop: theme.spacing(1),
    color: theme.palette.text.secondary,
  },
  legendItem: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
  },
}));

const KINDS = ['action', 'check', 'verify', 'manual', 'approval'] as const;

/** The approval before the first step, as one more step. */
function approvalFirst({ approval }: RunbookDefinition): RunbookStep[] {
  return approval
    ? [
        {
          id: 'approval',
          kind: 'approval',
          title: 'Before the first step',
          question: 'What the preview shows has to be approved.',
          rule: approval,
        },
      ]
    : [];
}

/**
 * The steps of a runbook from top to bottom: kinds as shapes, a way past what
 * has a condition, a branch for failure, and what is done in any case.
 */
export function RunbookFlow(props: { definition: RunbookDefinition }) {
  const classes = useStyles();
  const { definition } = props;
  const first = approvalFirst(definition);
  const { steps } = definition;
  const { onFailure, finally: always } = definition;
  const used = KINDS.filter(kind =>
    [...first, ...steps, ...onFailure, ...always].some(
      step => step.kind === kind,
    ),
  );
  return (
    <div>
      <Typography variant="body2" className={`${classes.end} ${classes.start}`}>
        Start
      </Typography>
      <ol className={classes.list} aria-label="Steps">
        {first.map(step => (
          <FlowStep key={`first ${step.id}`} step={step} brief />
        ))}
        {steps.map(step => (
          <FlowStep key={step.id} step={step} />
        ))}
      </ol>
      {onFailure.length > 0 && (
        <div className={classes.branch}>
          <Typography variant="body2" className={classes.heading}>
            If a step fails
          </Typography>
          <ol className={classes.list} aria-label="If a step fails">
            {onFailure.map(step => (
              <FlowStep key={step.id} step={step} failing />
            ))}
          </ol>
        </div>
      )}
      {always.length > 0 && (
        <>
          <Typography
            variant="body2"
            className={`${classes.heading} ${classes.headingOnLine}`}
          >
            In the end, however it went
          </Typography>
          <ol className={classes.list} aria-label="In the end, however it went">
            {always.map(step => (
              <FlowStep key={step.id} step={step} />
            ))}
          </ol>
        </>
      )}
      <Typography variant="body2" className={classes.end}>
        End
      </Typography>
      <Typography variant="caption" component="div" className={classes.legend}>
        {used.map(kind => (
          <span key={kind} className={classes.legendItem}>
            <StepShape kind={kind} size={14} />
            {STEP_KINDS[kind]}
          </span>
        ))}
      </Typography>
    </div>
  );
}
