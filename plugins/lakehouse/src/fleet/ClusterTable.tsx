import TableCell from '@material-ui/core/TableCell';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { DenseTable } from '../components/layout';
import { compareHealth } from '../components/status';
import { connectionHealth } from '../systems';
import { ClusterRow } from './ClusterRow';

/** All clusters, worst first. */
export const ClusterTable = (props: {
  connections: readonly ConnectionView[];
  openCluster?: string;
  onOpen: (connection: string) => void;
}) => {
  const sorted = [...props.connections].sort(
    (a, b) =>
      compareHealth(connectionHealth(a), connectionHealth(b)) ||
      a.title.localeCompare(b.title),
  );
  return (
    <DenseTable
      label="Clusters"
      minWidth={900}
      head={
        <>
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
        </>
      }
    >
      {sorted.map(connection => (
        <ClusterRow
          key={connection.id}
          connection={connection}
          open={connection.id === props.openCluster}
          onOpen={() => props.onOpen(connection.id)}
        />
      ))}
    </DenseTable>
  );
};
