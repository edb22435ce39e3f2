import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type {
  ClusterNode,
  HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { DenseTable, useTableStyles } from '../components/layout';
import { StatusMark } from '../components/status';

const STATE_STATUS: Record<string, HealthStatus | undefined> = {
  active: 'healthy',
  inactive: 'breached',
  shutting_down: 'at-risk',
  draining: 'at-risk',
  drained: 'at-risk',
};

/** The nodes of a cluster, coordinators first. */
export const NodesTable = (props: { nodes: readonly ClusterNode[] }) => {
  const classes = useTableStyles();
  const nodes = [...props.nodes].sort(
    (a, b) =>
      Number(b.coordinator) - Number(a.coordinator) ||
      a.nodeId.localeCompare(b.nodeId),
  );
  return (
    <DenseTable
      label="Nodes"
      head={
        <>
          <TableCell>Node</TableCell>
          <TableCell>Role</TableCell>
          <TableCell>State</TableCell>
          <TableCell>Version</TableCell>
          <TableCell>Address</TableCell>
        </>
      }
    >
      {nodes.map(node => (
        <TableRow key={node.nodeId}>
          <TableCell>{node.nodeId}</TableCell>
          <TableCell>{node.coordinator ? 'coordinator' : 'worker'}</TableCell>
          <TableCell>
            <StatusMark
              status={STATE_STATUS[node.state] ?? 'unknown'}
              word={node.state.replace(/_/g, ' ')}
            />
          </TableCell>
          <TableCell>{node.version}</TableCell>
          <TableCell className={classes.muted}>
            {node.address.replace(/^https?:\/\//, '')}
          </TableCell>
        </TableRow>
      ))}
    </DenseTable>
  );
};
