import { useCallback, useEffect, useState } from 'react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import type { AuditEntry, Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeFailure,
  FailureView,
  runbooksApiRef,
  type Failure,
} from '@lakehouse-ops/plugin-runbooks-react';
import { checkAuditLinks } from '../../evidence/checkAuditLinks';
import { EmptyRow } from '../layout/EmptyRow';
import { RowSkeletons } from '../layout/RowSkeletons';
import { EvidenceRow } from './EvidenceRow';

const COLUMNS = ['No.', 'When', 'Who', 'What', 'Hash', 'Chain'] as const;

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { padding: theme.spacing(0.75, 1), wordBreak: 'normal' },
  },
  note: { marginBottom: theme.spacing(1) },
}));

/** "12 entries; each fits the one before it as far as both are shown." */
function chainWords(links: ReturnType<typeof checkAuditLinks>): string {
  const broken = links.filter(link => link === 'broken').length;
  const count = `${links.length} ${links.length === 1 ? 'entry' : 'entries'}`;
  return broken
    ? `${count}; ${broken} of them ${
        broken === 1 ? 'does' : 'do'
      } not fit: the log was changed, or an entry is missing.`
    : `${count}; each fits the one before it where that is this run's.`;
}

/** The audit entries of a run, as the append-only log has them. */
export function EvidenceView({ run }: { run: Run }) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const [entries, setEntries] = useState<readonly AuditEntry[]>();
  const [failure, setFailure] = useState<Failure>();
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound(count => count + 1), []);

  // Each change of state writes an entry, so it is a reason to read again.
  useEffect(() => {
    let mounted = true;
    api.getRunAudit(run.id).then(
      ({ items }) => {
        if (!mounted) return;
        setEntries(items);
        setFailure(undefined);
      },
      thrown => mounted && setFailure(describeFailure(thrown)),
    );
    return () => {
      mounted = false;
    };
  }, [api, run.id, run.state, round]);

  if (failure) return <FailureView failure={failure} onRetry={retry} />;
  const links = checkAuditLinks(entries ?? []);
  return (
    <>
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.note}
      >
        Each entry&apos;s hash covers the entry and the hash before it, over all
        runs. {entries && chainWords(links)}
      </Typography>
      <TableContainer>
        <Table
          size="small"
          className={classes.table}
          aria-label="Audit entries"
          aria-busy={!entries}
        >
          <TableHead>
            <TableRow>
              {COLUMNS.map(name => (
                <TableCell key={name}>{name}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {!entries && <RowSkeletons rows={4} columns={COLUMNS.length} />}
            {entries?.map((entry, index) => (
              <EvidenceRow
                key={entry.sequence}
                entry={entry}
                link={links[index]}
              />
            ))}
            {entries?.length === 0 && (
              <EmptyRow columns={COLUMNS.length}>
                The audit log has no entry for this run.
              </EmptyRow>
            )}
          </TableBody>
        </Table>
      </TableContainer>
    </>
  );
}
