import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { keyboardScrollable } from '../../keyboardScrollable';
import { RunStateChip, TookText } from '../../labels';
import { countItems, type ItemGroup } from './groupRunSteps';
import { stepFacts } from './stepFacts';

/** More are shown when they are asked for. */
const ITEMS_SHOWN = 50;

const useStyles = makeStyles(theme => ({
  summary: { cursor: 'pointer', ...theme.typography.body2 },
  list: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 0),
    padding: 0,
    maxHeight: 320,
    overflowY: 'auto',
  },
  item: {
    padding: theme.spacing(0.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: theme.spacing(1.5),
    fontSize: theme.typography.pxToRem(13),
  },
  label: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  message: { overflowWrap: 'anywhere' },
}));

function isWorse({ state }: ItemGroup): boolean {
  return !['succeeded', 'pending', 'skipped'].includes(state);
}

/** What a step was done for, one by one: those that need a look come first. */
export function TimelineItems({ items }: { items: readonly ItemGroup[] }) {
  const classes = useStyles();
  const [all, setAll] = useState(false);
  const sorted = [
    ...items.filter(isWorse),
    ...items.filter(item => !isWorse(item)),
  ];
  const shown = all ? sorted : sorted.slice(0, ITEMS_SHOWN);
  return (
    <details>
      <summary className={classes.summary}>{countItems(items)}</summary>
      <ul className={classes.list} aria-label="Items" {...keyboardScrollable}>
        {shown.map(({ index, label, state, phases }) => {
          const facts = stepFacts(phases);
          return (
            <li key={index} className={classes.item}>
              <div className={classes.head}>
                <span className={classes.label}>{label}</span>
                <span>
                  <RunStateChip state={state} />
                  {facts.startedAt && ' · '}
                  <TookText {...facts} />
                </span>
              </div>
              {facts.message && (
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="p"
                  className={classes.message}
                >
                  {facts.message}
                </Typography>
              )}
            </li>
          );
        })}
      </ul>
      {shown.length < items.length && (
        <Button size="small" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </details>
  );
}
