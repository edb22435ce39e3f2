import type { ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import { EmptyRow } from '../layout/EmptyRow';
import { RowSkeletons } from '../layout/RowSkeletons';
import { CatalogueRow } from './CatalogueRow';

const COLUMNS = ['Runbook', 'What it does', 'Risk', 'Owner', 'Runs'] as const;
/** On a phone the rest stands below the name, and on the runbook's page. */
const ON_PHONES: ReadonlySet<string> = new Set(['Runbook', 'Risk']);

const useStyles = makeStyles(theme => ({
  name: { whiteSpace: 'nowrap' },
  wide: { [theme.breakpoints.down('xs')]: { display: 'none' } },
}));

/** Runbooks in a table; rows in their shape while they are not known. */
export function CatalogueTable(props: {
  runbooks?: readonly RunbookSummary[];
  /** Said when there is none. */
  empty: ReactNode;
  pathOf(runbookId: string): string;
}) {
  const classes = useStyles();
  const { runbooks, empty, pathOf } = props;
  return (
    <Paper>
      <TableContainer>
        <Table aria-label="Runbooks" aria-busy={!runbooks} size="small">
          <TableHead>
            <TableRow>
              {COLUMNS.map(name => (
                <TableCell
                  key={name}
                  className={`${classes.name} ${
                    ON_PHONES.has(name) ? '' : classes.wide
                  }`}
                >
                  {name}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {!runbooks && <RowSkeletons rows={6} columns={COLUMNS.length} />}
            {runbooks?.map(runbook => (
              <CatalogueRow
                key={runbook.id}
                runbook={runbook}
                path={pathOf(runbook.id)}
              />
            ))}
            {runbooks?.length === 0 && (
              <EmptyRow columns={COLUMNS.length}>{empty}</EmptyRow>
            )}
          </TableBody>
        </Table>
      </TableContainer>
    </Paper>
  );
}
