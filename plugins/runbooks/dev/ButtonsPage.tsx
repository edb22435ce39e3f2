import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { Content } from '@backstage/core-components';
import { RunbookButton } from '@lakehouse-ops/plugin-runbooks-react';
import { tableTarget } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { queryTarget } from './world';

/** Rows with buttons, as the pages of other plugins have them. */
export function ButtonsPage() {
  const rows = [
    { label: 'Kill', runbookId: 'trino:kill-query', target: queryTarget },
    {
      label: 'Compact 300 → 9 files',
      runbookId: 'trino:optimize-table',
      target: tableTarget,
    },
    {
      label: 'Refresh statistics',
      runbookId: 'trino:analyze-table',
      target: tableTarget,
    },
  ];
  return (
    <Content>
      <Table>
        <TableBody>
          {rows.map(({ label, runbookId, target }) => (
            <TableRow key={label} hover>
              <TableCell>{target.name}</TableCell>
              <TableCell align="right">
                <RunbookButton
                  label={label}
                  runbookId={runbookId}
                  target={target}
                  parameters={
                    target.kind === 'query'
                      ? { connection: 'analytics', queryId: target.name }
                      : { connection: 'analytics', table: target.name }
                  }
                  entityRef="resource:default/analytics"
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Content>
  );
}
