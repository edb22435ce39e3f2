import TableCell from '@material-ui/core/TableCell';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { clusterSeries, nodeCounts, useCluster } from '../cluster';
import { Sparkline } from '../components/charts';
import {
  formatCount,
  formatNumberOf,
  formatShare,
  NOT_OBSERVED,
} from '../components/format';
import { RowLink, useTableStyles } from '../components/layout';
import { StatusMark } from '../components/status';
import { connectionHealth, connectionReason, connectionWord } from '../systems';
import { LAST_HOUR } from '../url';

/** One cluster of the list. */
export const ClusterRow = (props: {
  connection: ConnectionView;
  open: boolean;
  onOpen: () => void;
}) => {
  const { connection } = props;
  const classes = useTableStyles();
  const { data } = useCluster(connection.id, LAST_HOUR);
  const latest = data?.latest;
  const memory = latest?.memory;
  const lasting = connection.gaps.filter(({ until }) => until === undefined);
  return (
    <RowLink open={props.open} onOpen={props.onOpen}>
      <TableCell>
        <StatusMark
          status={connectionHealth(connection)}
          word={connectionWord(connection)}
        />
      </TableCell>
      <TableCell className={classes.clip}>
        <strong>{connection.title}</strong>
        <br />
        <span className={classes.muted}>
          {connection.id}
          {connection.version ? ` · Trino ${connection.version}` : ''}
        </span>
      </TableCell>
      <TableCell className={classes.number}>
        {formatCount(latest?.queries?.running)}
      </TableCell>
      <TableCell className={classes.number}>
        {formatCount(latest?.queries?.queued)}
      </TableCell>
      <TableCell className={classes.number}>
        {formatShare(
          memory && memory.totalBytes > 0
            ? memory.reservedBytes / memory.totalBytes
            : undefined,
        )}
      </TableCell>
      <TableCell style={{ lineHeight: 0 }}>
        {data && (
          <Sparkline
            {...clusterSeries(data, sample => sample.memory?.reservedBytes)}
            max={memory?.totalBytes}
          />
        )}
      </TableCell>
      <TableCell className={classes.number}>
        {data ? formatCount(nodeCounts(data)?.active) : NOT_OBSERVED}
      </TableCell>
      <TableCell title={connectionReason(connection)}>
        {lasting.length > 0 && (
          <strong>{formatNumberOf(lasting.length, 'gap')}: </strong>
        )}
        {connectionReason(connection)}
      </TableCell>
    </RowLink>
  );
};
