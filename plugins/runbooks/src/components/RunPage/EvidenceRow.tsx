import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import { PersonText, TimeText } from '@lakehouse-ops/plugin-runbooks-react';
import type { AuditLink } from '../../evidence/checkAuditLinks';

const SHOWN_HASH_LENGTH = 12;

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top', wordBreak: 'normal' } },
  mono: { fontFamily: 'monospace', fontSize: theme.typography.pxToRem(12) },
  detail: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxHeight: 240,
    overflowY: 'auto',
  },
  hash: { width: '16.5em', whiteSpace: 'normal', overflowWrap: 'anywhere' },
  nowrap: { whiteSpace: 'nowrap' },
}));

function linkWords({ sequence }: AuditEntry, link: AuditLink): string {
  switch (link) {
    case 'first':
      return 'begins the log';
    case 'linked':
      return `follows no. ${sequence - 1}`;
    case 'broken':
      return `does not fit no. ${sequence - 1}`;
    default:
      return `no. ${sequence - 1} is another run's`;
  }
}

/** An audit entry. */
export function EvidenceRow(props: { entry: AuditEntry; link: AuditLink }) {
  const classes = useStyles();
  const { entry, link } = props;
  return (
    <TableRow className={classes.row}>
      <TableCell>{entry.sequence}</TableCell>
      <TableCell className={classes.nowrap}>
        <TimeText iso={entry.at} />
      </TableCell>
      <TableCell>
        <PersonText entityRef={entry.actor} />
      </TableCell>
      <TableCell>
        {entry.event}
        {Object.keys(entry.detail).length > 0 && (
          <details>
            <summary>details</summary>
            <pre className={`${classes.mono} ${classes.detail}`}>
              {JSON.stringify(entry.detail, undefined, 2)}
            </pre>
          </details>
        )}
      </TableCell>
      <TableCell className={classes.nowrap}>
        <details>
          <summary className={classes.mono}>
            {entry.hash.slice(0, SHOWN_HASH_LENGTH)}…
          </summary>
          <div className={`${classes.mono} ${classes.hash}`}>{entry.hash}</div>
        </details>
      </TableCell>
      <TableCell>
        <Typography
          variant="body2"
          color={link === 'broken' ? 'error' : 'textSecondary'}
        >
          {linkWords(entry, link)}
        </Typography>
      </TableCell>
    </TableRow>
  );
}
