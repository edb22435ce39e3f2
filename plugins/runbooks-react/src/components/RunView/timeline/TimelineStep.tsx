import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { MarkdownContent } from '@backstage/core-components';
import type { RunStep, RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { RunStateChip, TargetText, TimeText, TookText } from '../../labels';
import { stateLook } from '../../labels/RunStateChip';
import { StatusShape } from '../../labels/StatusShape';
import { PreviewView } from '../../PreviewView';
import { VerificationView } from '../VerificationView';
import type { StepGroup } from './groupRunSteps';
import { PhaseMarks } from './PhaseMarks';
import { stepFacts } from './stepFacts';
import { TimelineItems } from './TimelineItems';

const useStyles = makeStyles(theme => ({
  step: {
    position: 'relative',
    paddingLeft: theme.spacing(3),
    paddingBottom: theme.spacing(2),
    // The line that ties the steps together ends with the last of them.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      left: 6,
      top: 22,
      bottom: -2,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
    '&:last-child': { paddingBottom: 0 },
  },
  mark: {
    position: 'absolute',
    left: 0,
    top: 2,
    fontSize: theme.typography.pxToRem(18),
    lineHeight: 1,
  },
  quiet: { color: theme.palette.text.secondary },
  title: { overflowWrap: 'anywhere' },
  now: { fontWeight: 'bold' },
  message: { overflowWrap: 'anywhere', marginTop: theme.spacing(0.25) },
  more: {
    marginTop: theme.spacing(0.5),
    '& > summary': { cursor: 'pointer', ...theme.typography.body2 },
    '& > summary + *': { marginTop: theme.spacing(1) },
  },
  docs: { overflowWrap: 'anywhere', '& > :first-child': { marginTop: 0 } },
}));

const NOW: ReadonlyArray<RunStep['state']> = [
  'running',
  'verifying',
  'waiting',
  'failed',
  'outcome-unknown',
];

function sameTarget(a: RunTarget, b: RunTarget | undefined): boolean {
  return (
    b !== undefined &&
    a.system === b.system &&
    a.connection === b.connection &&
    a.kind === b.kind &&
    a.name === b.name
  );
}

/** A step of a run with all that is known of it. */
export function TimelineStep(props: {
  group: StepGroup;
  /** Of the run; a step tells its own only when it is another. */
  target?: RunTarget;
  /** Markdown, as the runbook's author wrote it. */
  docs?: string;
}) {
  const classes = useStyles();
  const { group, docs } = props;
  const all = [...group.phases, ...group.items.flatMap(item => item.phases)];
  const { startedAt, endedAt, ticking, message, attempt } = stepFacts(
    group.items.length && !group.phases.length ? all : group.phases,
  );
  const target = group.phases.find(phase => phase.target)?.target;
  const previewed = group.phases.find(phase => phase.preview)?.preview;
  const verification = group.phases.find(
    phase => phase.verification,
  )?.verification;
  const current = NOW.includes(group.state);
  const quiet = group.state === 'pending' || group.state === 'skipped';
  return (
    <li className={classes.step} aria-current={ticking ? 'step' : undefined}>
      <span className={classes.mark}>
        <StatusShape kind={stateLook(group.state).shape} />
      </span>
      <Typography
        variant="body1"
        component="h4"
        className={`${classes.title} ${quiet ? classes.quiet : ''} ${
          current ? classes.now : ''
        }`}
      >
        {group.title}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div">
        <RunStateChip state={group.state} plain />
        {startedAt && (
          <>
            {' · '}
            <TimeText iso={startedAt} format="clock" />
            {(ticking || endedAt) && ' · '}
            <TookText
              startedAt={startedAt}
              endedAt={endedAt}
              ticking={ticking}
            />
          </>
        )}
        {attempt !== undefined && ` · attempt ${attempt}`}
      </Typography>
      {target && !sameTarget(target, props.target) && (
        <Typography variant="body2" color="textSecondary">
          <TargetText target={target} />
        </Typography>
      )}
      {group.phases.length > 1 && !quiet && (
        <PhaseMarks phases={group.phases} />
      )}
      {message && !group.items.length && (
        <Typography variant="body2" className={classes.message}>
          {message}
        </Typography>
      )}
      {group.items.length > 0 && <TimelineItems items={group.items} />}
      {previewed && (
        <details className={classes.more}>
          <summary>What it does, previewed when it was reached</summary>
          <PreviewView content={previewed} />
        </details>
      )}
      {verification && (
        <details className={classes.more} open>
          <summary>Before and after</summary>
          <VerificationView verification={verification} />
        </details>
      )}
      {docs && (
        <details className={classes.more} open={current}>
          <summary>About this step</summary>
          <div className={classes.docs}>
            <MarkdownContent content={docs} />
          </div>
        </details>
      )}
    </li>
  );
}
