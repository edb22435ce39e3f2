import { ReactNode, useState } from 'react';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatClock,
  formatNumberOf,
  formatUtc,
} from '../../components/format';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { MARK_LOOKS, SloMark } from '../charts';

const SHOWN_AT_FIRST = 5;

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(0.25),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '16px 190px minmax(0, 1fr)',
    gap: theme.spacing(1),
    alignItems: 'baseline',
    overflowWrap: 'anywhere',
  },
  time: { color: theme.palette.text.secondary },
}));

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly glyph: string;
  readonly color: string;
  readonly time: string;
  readonly text: ReactNode;
}

/** What the chart marks, in words, newest first. */
export const MarksList = (props: {
  marks: readonly SloMark[];
  gaps: SloHistory['gaps'];
  excluded: SloHistory['excluded'];
}) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const [all, setAll] = useState(false);
  const span = (from: string, to: string) =>
    `${formatClock(from)} – ${formatClock(to)}`;
  const entries: Entry[] = [
    ...props.marks.map(({ id, kind, at, title, path }) => ({
      key: id,
      at,
      glyph: MARK_LOOKS[kind].glyph,
      color: colors[MARK_LOOKS[kind].color],
      time: formatClock(at),
      text: path ? <Link to={path}>{title}</Link> : title,
    })),
    ...props.gaps.map(({ from, to, reason }) => ({
      key: `gap ${from}`,
      at: from,
      glyph: '▨',
      color: colors.unknown,
      time: span(from, to),
      text: `not observed${reason ? `: ${reason}` : ''}`,
    })),
    ...props.excluded.map(({ from, to, reason }) => ({
      key: `excluded ${from} ${to}`,
      at: from,
      glyph: '▒',
      color: colors.unknown,
      time: span(from, to),
      text: `does not count: ${reason}`,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (entries.length === 0) return null;
  const shown = all ? entries : entries.slice(0, SHOWN_AT_FIRST);
  const rest = entries.length - shown.length;
  return (
    <div>
      <ul className={classes.list} aria-label="What happened">
        {shown.map(entry => (
          <li key={entry.key} className={classes.row}>
            <span style={{ color: entry.color }} aria-hidden>
              {entry.glyph}
            </span>
            <span className={classes.time} title={formatUtc(entry.at)}>
              {entry.time}
            </span>
            <span>{entry.text}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button size="small" onClick={() => setAll(true)}>
          Show {formatNumberOf(rest, 'more', 'more')}
        </Button>
      )}
    </div>
  );
};
