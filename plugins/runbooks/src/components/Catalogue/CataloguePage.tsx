import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import {
  describeFailure,
  FailureView,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { EmptyRow } from '../layout/EmptyRow';
import { RowSkeletons } from '../layout/RowSkeletons';
import { CatalogueRow } from './CatalogueRow';

const COLUMNS = ['Runbook', 'What it does', 'Risk', 'Asks for', ''] as const;

const useStyles = makeStyles(theme => ({
  intro: { marginBottom: theme.spacing(2) },
}));

/** What can be run, with what it does and what a mistake would do. */
export function CataloguePage() {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const { value, error } = useAsync(() => api.getRunbooks(), [api, round]);
  if (error) {
    return (
      <FailureView
        failure={describeFailure(error)}
        onRetry={() => setRound(round + 1)}
      />
    );
  }
  return (
    <>
      <Typography className={classes.intro}>
        Runbooks start where a problem shows: at a query, at a table. Each shows
        what it would do before it does it.
      </Typography>
      <Paper>
        <TableContainer>
          <Table aria-label="Runbooks" aria-busy={!value}>
            <TableHead>
              <TableRow>
                {COLUMNS.map(name => (
                  <TableCell key={name}>{name}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {!value && <RowSkeletons rows={3} columns={COLUMNS.length} />}
              {value?.items.map(runbook => (
                <CatalogueRow key={runbook.id} runbook={runbook} />
              ))}
              {value?.items.length === 0 && (
                <EmptyRow columns={COLUMNS.length}>
                  The backend has no actions. Add a module that brings some,
                  such as{' '}
                  <code>
                    @lakehouse-ops/plugin-runbooks-backend-module-lakehouse
                  </code>
                  .
                </EmptyRow>
              )}
            </TableBody>
          </Table>
        </TableContainer>
      </Paper>
    </>
  );
}
