import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  PreviewContent,
  PreviewStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RiskLabel, TargetText } from '../labels';
import { StatusShape, type ShapeKind } from '../labels/StatusShape';
import { PreviewView } from './PreviewView';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  step: {
    padding: theme.spacing(1.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none', paddingTop: 0 },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  title: { fontWeight: 500, marginRight: 'auto' },
  skipped: { color: theme.palette.text.secondary },
  known: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '0.45em',
    whiteSpace: 'nowrap',
  },
  number: {
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  content: { marginTop: theme.spacing(1) },
  section: { margin: theme.spacing(2, 0, 1) },
}));

const KINDS: Record<PreviewStep['kind'], string> = {
  action: 'does something',
  check: 'looks, and stops if it is not so',
  verify: 'looks whether it worked',
  manual: 'asks you to do something',
  approval: 'asks others to approve',
};

const KNOWN: Record<PreviewStep['known'], { shape: ShapeKind; word: string }> =
  {
    now: { shape: 'good', word: 'known now' },
    later: { shape: 'unknown', word: 'known later' },
    skipped: { shape: 'idle', word: 'will be skipped' },
  };

const SECTIONS: Record<PreviewStep['section'], string> = {
  steps: 'Steps',
  onFailure: 'If a step fails',
  finally: 'In the end, however it went',
};

/** Whether two previews show the same: the only step that acts is all that the run does. */
function shownAlready(content: PreviewContent, above?: PreviewContent) {
  const figures = ({ changes, samples }: PreviewContent) =>
    JSON.stringify([changes, samples]);
  return above !== undefined && figures(content) === figures(above);
}

const PreviewStepItem = (props: {
  step: PreviewStep;
  number: number;
  above?: PreviewContent;
}) => {
  const classes = useStyles();
  const { step, number, above } = props;
  const { shape, word } = KNOWN[step.known];
  return (
    <li className={classes.step} data-known={step.known}>
      <div className={classes.head}>
        <span className={classes.number}>{number}</span>
        <Typography
          component="span"
          className={`${classes.title} ${
            step.known === 'skipped' ? classes.skipped : ''
          }`}
        >
          {step.title}
        </Typography>
        {/* What is asked of people stands in the note; there is nothing to know. */}
        {step.kind !== 'manual' && step.kind !== 'approval' && (
          <Typography
            component="span"
            variant="body2"
            className={classes.known}
          >
            <StatusShape kind={shape} />
            {word}
          </Typography>
        )}
      </div>
      <Typography variant="body2" color="textSecondary" component="div">
        {KINDS[step.kind]}
        {step.actionId && (
          <>
            : <code>{step.actionId}</code>
          </>
        )}
        {step.target && (
          <>
            {' on '}
            <TargetText target={step.target} />
          </>
        )}
        {step.risk && step.kind === 'action' && (
          <>
            {' · '}
            <RiskLabel risk={step.risk} />
          </>
        )}
      </Typography>
      {step.note && <Typography variant="body2">{step.note}</Typography>}
      {step.content && step.known === 'now' && (
        <div className={classes.content}>
          {shownAlready(step.content, above) ? (
            <Typography variant="body2">As shown above.</Typography>
          ) : (
            <PreviewView
              content={step.content}
              looks={step.kind !== 'action'}
            />
          )}
        </div>
      )}
    </li>
  );
};

/**
 * What each step of a runbook would do, as far as it is known beforehand.
 *
 * @public
 */
export function PreviewSteps(props: {
  steps: readonly PreviewStep[];
  /** What stands above already, and is not shown once more. */
  above?: PreviewContent;
}) {
  const { steps, above } = props;
  const classes = useStyles();
  const sections = (['steps', 'onFailure', 'finally'] as const).filter(name =>
    steps.some(({ section }) => section === name),
  );
  return (
    <>
      {sections.map(name => (
        <section key={name} aria-label={SECTIONS[name]}>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.section}
          >
            {SECTIONS[name]}
          </Typography>
          <ol className={classes.list}>
            {steps
              .filter(({ section }) => section === name)
              .map((step, index) => (
                <PreviewStepItem
                  key={step.id}
                  step={step}
                  number={index + 1}
                  above={above}
                />
              ))}
          </ol>
        </section>
      ))}
    </>
  );
}
