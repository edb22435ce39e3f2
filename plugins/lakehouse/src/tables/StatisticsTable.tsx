import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { ColumnStatistics } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  formatShare,
  NOT_OBSERVED,
} from '../components/format';
import { DenseTable } from '../components/layout';

/** What the planner knows of each column. */
export const StatisticsTable = (props: {
  columns: readonly ColumnStatistics[];
}) => {
  return (
    <DenseTable
      label="Statistics by column"
      head={
        <>
          <TableCell>Column</TableCell>
          <TableCell align="right">Distinct values</TableCell>
          <TableCell align="right">Nulls</TableCell>
          <TableCell align="right">Size</TableCell>
          <TableCell>Low</TableCell>
          <TableCell>High</TableCell>
        </>
      }
    >
      {props.columns.map(column => (
        <TableRow key={column.column}>
          <TableCell>{column.column}</TableCell>
          <TableCell align="right">
            {formatCount(column.distinctValues)}
          </TableCell>
          <TableCell align="right">
            {formatShare(column.nullsFraction)}
          </TableCell>
          <TableCell align="right">
            {formatBytes(column.dataSizeBytes)}
          </TableCell>
          <TableCell>{column.low ?? NOT_OBSERVED}</TableCell>
          <TableCell>{column.high ?? NOT_OBSERVED}</TableCell>
        </TableRow>
      ))}
    </DenseTable>
  );
};
