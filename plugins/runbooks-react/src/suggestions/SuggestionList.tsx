import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Run,
  RunbookSuggestion,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RiskLabel, TimeText } from '../components/labels';
import { statisticsWords } from '../format/words';
import { SuggestionButton } from './SuggestionButton';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none', paddingTop: 0 },
    '&:last-child': { paddingBottom: 0 },
  },
  words: { flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    color: theme.palette.text.secondary,
  },
}));

/**
 * Suggested runbooks, best first: what each does, why it fits, what it risks and how often
 * it helped.
 *
 * @public
 */
export function SuggestionList(props: {
  suggestions: readonly RunbookSuggestion[];
  entityRef?: string;
  /** The title as the page wants it, such as a link. */
  titleOf?(suggestion: RunbookSuggestion): ReactNode;
  onRunEnded?(run: Run): void;
}) {
  const classes = useStyles();
  const { suggestions, entityRef, titleOf, onRunEnded } = props;
  return (
    <ul className={classes.list} aria-label="Suggested runbooks">
      {suggestions.map(suggestion => {
        const { runbook, reason, statistics } = suggestion;
        return (
          <li key={runbook.id} className={classes.item}>
            <div className={classes.words}>
              <Typography component="div">
                <strong>{titleOf?.(suggestion) ?? runbook.title}</strong>
              </Typography>
              <Typography variant="body2">{runbook.description}</Typography>
              <Typography
                variant="caption"
                color="textSecondary"
                component="div"
              >
                {reason}
              </Typography>
              <Typography
                variant="body2"
                component="div"
                className={classes.facts}
              >
                <RiskLabel risk={runbook.risk} />
                <span>{statisticsWords(statistics)}</span>
                {statistics.lastRunAt && (
                  <span>
                    Last run <TimeText iso={statistics.lastRunAt} />
                  </span>
                )}
                {runbook.approval && <span>Needs approval</span>}
              </Typography>
            </div>
            <SuggestionButton
              suggestion={suggestion}
              entityRef={entityRef}
              onRunEnded={onRunEnded}
            />
          </li>
        );
      })}
    </ul>
  );
}
