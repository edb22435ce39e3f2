import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatBytes, formatCount } from '../components/format';
import { useTableStyles } from '../components/layout';

/** The most fragmented partitions. */
export const PartitionsTable = (props: {
  partitions: NonNullable<TableHealth['partitions']>;
}) => {
  const classes = useTableStyles();
  return (
    <Table
      className={classes.table}
      size="small"
      aria-label="Partitions, most fragmented first"
    >
      <TableHead>
        <TableRow>
          <TableCell>Partition</TableCell>
          <TableCell align="right">Files</TableCell>
          <TableCell align="right">Size</TableCell>
          <TableCell align="right">Per file</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.partitions.worst.map(partition => (
          <TableRow key={partition.partition}>
            <TableCell>{partition.partition}</TableCell>
            <TableCell align="right">{formatCount(partition.files)}</TableCell>
            <TableCell align="right">
              {formatBytes(partition.sizeBytes)}
            </TableCell>
            <TableCell align="right">
              {formatBytes(
                partition.files > 0
                  ? Math.round(partition.sizeBytes / partition.files)
                  : undefined,
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
