import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue } from '../../format/formatValue';
import { RunStateChip, TimeText } from '../labels';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  took: { whiteSpace: 'pre' },
  step: {
    position: 'relative',
    paddingLeft: theme.spacing(2),
    paddingBottom: theme.spacing(1.5),
    borderLeft: `2px solid ${theme.palette.divider}`,
    '&:last-child': { paddingBottom: 0 },
  },
}));

function took({ startedAt, endedAt }: RunStep): string | undefined {
  if (!startedAt || !endedAt) return undefined;
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) && ms >= 0 ? formatValue(ms, 'ms') : undefined;
}

/**
 * The steps of a run, in order, each with its state and how long it took.
 *
 * @public
 */
export function RunTimeline({ steps }: { steps: readonly RunStep[] }) {
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label="Steps">
      {steps.map(step => {
        const duration = took(step);
        return (
          <li key={step.id} className={classes.step}>
            <Typography variant="body1">{step.title}</Typography>
            <Typography variant="body2" color="textSecondary" component="div">
              <RunStateChip state={step.state} />
              {step.startedAt && (
                <>
                  {' · '}
                  <TimeText iso={step.startedAt} format="clock" />
                </>
              )}
              {duration && <span className={classes.took}> · {duration}</span>}
            </Typography>
          </li>
        );
      })}
    </ol>
  );
}
