import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  PreviewStep,
  RunbookSection,
  RunStep,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { groupRunSteps, type SectionGroup } from './timeline/groupRunSteps';
import { TimelineStep } from './timeline/TimelineStep';

const HEADINGS: Record<RunbookSection, string | undefined> = {
  steps: undefined,
  onFailure: 'Because a step failed',
  finally: 'At the end, whatever happened',
};

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  heading: {
    margin: theme.spacing(2.5, 0, 1.5),
    paddingTop: theme.spacing(1.5),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  note: { marginTop: theme.spacing(2) },
}));

/** What may still come of sections in which nothing has happened yet. */
function toCome(sections: readonly SectionGroup[]): string | undefined {
  const pending = (section: RunbookSection) =>
    sections
      .filter(group => group.untouched && group.section === section)
      .flatMap(({ groups }) => groups)
      .filter(({ state }) => state === 'pending')
      .map(({ title }) => title);
  const onFailure = pending('onFailure');
  const atEnd = pending('finally');
  const words = [
    ...(onFailure.length ? [`If a step fails: ${onFailure.join(', ')}.`] : []),
    ...(atEnd.length ? [`At the end, always: ${atEnd.join(', ')}.`] : []),
  ];
  return words.length ? words.join(' ') : undefined;
}

/**
 * The steps of a run, in order: the state of each, how long it took or has
 * taken, its phases or items, what it said, and its verification.
 *
 * @public
 */
export function RunTimeline(props: {
  steps: readonly RunStep[];
  /** Of the run's preview: it knows the steps' titles. */
  previewed?: readonly PreviewStep[];
  /** Of the run; a step tells its own only when it is another. */
  target?: RunTarget;
  /** Markdown about each step, by its id in the runbook file. */
  docs?: ReadonlyMap<string, string>;
}) {
  const classes = useStyles();
  const { steps, previewed, target, docs } = props;
  const sections = groupRunSteps(steps, previewed);
  const later = toCome(sections);
  return (
    <div>
      {sections
        .filter(({ section, untouched }) => section === 'steps' || !untouched)
        .map(({ section, groups }) => (
          <div key={section}>
            {HEADINGS[section] && (
              <Typography
                variant="subtitle2"
                component="h3"
                className={classes.heading}
              >
                {HEADINGS[section]}
              </Typography>
            )}
            <ol
              className={classes.list}
              aria-label={HEADINGS[section] ?? 'Steps'}
            >
              {groups.map(group => (
                <TimelineStep
                  key={group.key}
                  group={group}
                  target={target}
                  docs={docs?.get(group.key)}
                />
              ))}
            </ol>
          </div>
        ))}
      {later && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.note}
        >
          {later}
        </Typography>
      )}
    </div>
  );
}
