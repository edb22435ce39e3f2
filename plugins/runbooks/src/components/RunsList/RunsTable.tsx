import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { FailureView, TimeText } from '@lakehouse-ops/plugin-runbooks-react';
import { EmptyRow } from '../layout/EmptyRow';
import { RowSkeletons } from '../layout/RowSkeletons';
import { RunCards } from './RunCards';
import { RunRow } from './RunRow';
import { RUNS_PER_PAGE } from './runListUrl';
import type { RunsResult } from './useRuns';

const COLUMNS = [
  'State',
  'Runbook',
  'Target',
  'Result',
  'Started',
  'Took',
] as const;

const useStyles = makeStyles(theme => ({
  heading: { whiteSpace: 'nowrap' },
  old: { opacity: 0.5 },
  stale: { padding: theme.spacing(1, 2) },
}));

/** A page of runs in whatever state it is. */
export function RunsTable(props: {
  runs: RunsResult;
  page: number;
  filtered: boolean;
  onPage(page: number): void;
  onShowAll(): void;
}) {
  const classes = useStyles();
  const { page, failure, readAt, outdated, refresh } = props.runs;
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  if (failure && !page) {
    return <FailureView failure={failure} onRetry={refresh} />;
  }
  const beyond = page !== undefined && page.total > 0 && !page.items.length;
  return (
    <Paper>
      {failure && readAt && (
        <Typography
          className={classes.stale}
          color="error"
          variant="body2"
          role="status"
        >
          As of <TimeText iso={readAt.toISOString()} format="clock" />:{' '}
          {failure.message}
        </Typography>
      )}
      {narrow && page && page.items.length > 0 ? (
        <RunCards runs={page.items} />
      ) : (
        <TableContainer>
          <Table
            size="small"
            aria-label="Runs"
            aria-busy={outdated || !page}
            className={outdated && page ? classes.old : undefined}
          >
            <TableHead>
              <TableRow>
                {COLUMNS.map(name => (
                  <TableCell
                    className={classes.heading}
                    key={name}
                    align={name === 'Took' ? 'right' : 'left'}
                  >
                    {name}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {!page && <RowSkeletons rows={6} columns={COLUMNS.length} />}
              {page?.items.map(run => (
                <RunRow key={run.id} run={run} />
              ))}
              {page?.total === 0 && !props.filtered && (
                <EmptyRow columns={COLUMNS.length}>
                  Nothing has been run yet. Runs start where a problem shows: at
                  a query, at a table.
                </EmptyRow>
              )}
              {page?.total === 0 && props.filtered && (
                <EmptyRow columns={COLUMNS.length}>
                  No run fits.{' '}
                  <Button size="small" onClick={props.onShowAll}>
                    Show all
                  </Button>
                </EmptyRow>
              )}
              {beyond && (
                <EmptyRow columns={COLUMNS.length}>
                  There is nothing on this page.{' '}
                  <Button size="small" onClick={() => props.onPage(0)}>
                    Go to the first
                  </Button>
                </EmptyRow>
              )}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {page && page.total > 0 && !beyond && (
        <TablePagination
          component="div"
          count={page.total}
          page={props.page}
          rowsPerPage={RUNS_PER_PAGE}
          rowsPerPageOptions={[RUNS_PER_PAGE]}
          onPageChange={(_event, next) => props.onPage(next)}
        />
      )}
    </Paper>
  );
}
