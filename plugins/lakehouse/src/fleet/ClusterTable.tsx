import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { useTableStyles } from '../components/layout';
import { compareHealth } from '../components/status';
import { connectionHealth } from './clusterHealth';
import { ClusterRow } from './ClusterRow';

/** All clusters, worst first. */
export const ClusterTable = (props: {
  connections: readonly ConnectionView[];
  openCluster?: string;
  onOpen: (connection: string) => void;
}) => {
  const classes = useTableStyles();
  const sorted = [...props.connections].sort(
    (a, b) =>
      compareHealth(connectionHealth(a), connectionHealth(b)) ||
      a.title.localeCompare(b.title),
  );
  return (
    <div className={classes.scroll}>
      <Table
        className={`${classes.table} ${classes.fixed}`}
        style={{ minWidth: 900 }}
        size="small"
        aria-label="Clusters"
      >
        <TableHead>
          <TableRow>
            <TableCell style={{ width: 130 }}>Status</TableCell>
            <TableCell style={{ width: 190 }}>Cluster</TableCell>
            <TableCell align="right" style={{ width: 80 }}>
              Running
            </TableCell>
            <TableCell align="right" style={{ width: 80 }}>
              Queued
            </TableCell>
            <TableCell align="right" style={{ width: 80 }}>
              Memory
            </TableCell>
            <TableCell style={{ width: 140 }}>Last hour</TableCell>
            <TableCell align="right" style={{ width: 72 }}>
              Nodes
            </TableCell>
            <TableCell>Why</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {sorted.map(connection => (
            <ClusterRow
              key={connection.id}
              connection={connection}
              open={connection.id === props.openCluster}
              onOpen={() => props.onOpen(connection.id)}
            />
          ))}
        </TableBody>
      </Table>
    </div>
  );
};
