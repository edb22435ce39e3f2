import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatNumberOf } from '../format';
import { GapNote } from './GapNote';

const SHOWN_AT_FIRST = 3;

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1) },
  more: { justifySelf: 'start' },
}));

/** Gaps, those that last first; a long list is folded. */
export const GapNotes = (props: { gaps: readonly Gap[] }) => {
  const classes = useStyles();
  const [all, setAll] = useState(false);
  if (props.gaps.length === 0) return null;
  const sorted = [...props.gaps].sort(
    (a, b) =>
      Number(a.until !== undefined) - Number(b.until !== undefined) ||
      b.since.localeCompare(a.since),
  );
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  const rest = sorted.length - shown.length;
  return (
    <div className={classes.root}>
      {shown.map(gap => (
        <GapNote
          key={`${gap.connection} ${gap.subject} ${gap.since} ${gap.code}`}
          gap={gap}
        />
      ))}
      {rest > 0 && (
        <Button
          size="small"
          className={classes.more}
          onClick={() => setAll(true)}
        >
          Show {formatNumberOf(rest, 'more gap')}
        </Button>
      )}
    </div>
  );
};
