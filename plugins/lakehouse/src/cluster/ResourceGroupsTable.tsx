import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { ResourceGroupState } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatBytes, formatCount } from '../components/format';
import { DenseTable, ShareBar, useTableStyles } from '../components/layout';
import { useLakehouseColors } from '../components/useLakehouseColors';

/** Resource groups with how full they are. */
export const ResourceGroupsTable = (props: {
  groups: readonly ResourceGroupState[];
}) => {
  const classes = useTableStyles();
  const colors = useLakehouseColors();
  const groups = [...props.groups].sort((a, b) => a.path.localeCompare(b.path));
  return (
    <DenseTable
      label="Resource groups"
      head={
        <>
          <TableCell>Group</TableCell>
          <TableCell align="right">Running</TableCell>
          <TableCell align="right">Queued</TableCell>
          <TableCell align="right">Memory</TableCell>
        </>
      }
    >
      {groups.map(group => {
        const limit = group.hardConcurrencyLimit;
        const full = limit !== undefined && group.running >= limit;
        return (
          <TableRow key={group.path}>
            <TableCell>{group.path}</TableCell>
            <TableCell align="right">
              {formatCount(group.running)}
              {limit !== undefined && (
                <>
                  <span className={classes.muted}>
                    {' '}
                    of {formatCount(limit)}
                    {full ? ' · full' : ''}
                  </span>
                  <ShareBar
                    share={group.running / Math.max(1, limit)}
                    color={full ? colors.atRisk : colors.accent}
                  />
                </>
              )}
            </TableCell>
            <TableCell align="right">
              {formatCount(group.queued)}
              {group.maxQueued !== undefined && (
                <span className={classes.muted}>
                  {' '}
                  of {formatCount(group.maxQueued)}
                </span>
              )}
            </TableCell>
            <TableCell align="right">
              {formatBytes(group.memoryUsageBytes)}
              {group.softMemoryLimitBytes !== undefined && (
                <span className={classes.muted}>
                  {' '}
                  of {formatBytes(group.softMemoryLimitBytes)}
                </span>
              )}
            </TableCell>
          </TableRow>
        );
      })}
    </DenseTable>
  );
};
