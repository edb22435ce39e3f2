import TableCell from '@material-ui/core/TableCell';
import {
  formatTableName,
  formatTableRef,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  formatShare,
  NOT_OBSERVED,
  RelativeTime,
} from '../components/format';
import {
  NoRowClick,
  RowLink,
  ShareBar,
  useTableStyles,
} from '../components/layout';
import { ScoreRing, StatusMark } from '../components/status';
import { useLakehouseColors } from '../components/useLakehouseColors';
import { StatisticsAge } from './StatisticsAge';
import { tableReason } from './tableEffects';
import { TableRowActions } from './TableRowActions';
import { useTable } from './useTables';

interface TableRowItemProps {
  readonly health: TableHealth;
  readonly open: boolean;
  readonly fresh: boolean;
  /** The list no longer has it: the row asks for its table by itself. */
  readonly gone: boolean;
  readonly showConnection: boolean;
  readonly entityRef?: string;
  readonly onOpen: (tableRef: string) => void;
  readonly onActed: (tableRef: string) => void;
  readonly onChanged: () => void;
}

/** One table of the list. */
export const TableRowItem = (props: TableRowItemProps) => {
  const { ref } = props.health;
  const own = useTable(props.gone ? ref : undefined);
  const health = own.data?.health ?? props.health;
  const classes = useTableStyles();
  const colors = useLakehouseColors();
  const id = formatTableRef(ref);
  const { files, totals, snapshot } = health;
  const smallShare =
    files && files.totalFiles > 0
      ? files.smallFiles / files.totalFiles
      : undefined;
  return (
    <RowLink
      open={props.open}
      fresh={props.fresh}
      onOpen={() => props.onOpen(id)}
    >
      <TableCell>
        <span className={classes.beside}>
          <ScoreRing score={health.score} status={health.status} />
          <StatusMark status={health.status} reason={tableReason(health)} />
        </span>
      </TableCell>
      <TableCell className={classes.wrap} title={formatTableName(ref)}>
        <strong>{ref.table}</strong>
        <br />
        <span className={classes.muted}>
          {props.showConnection ? `${ref.connection} / ` : ''}
          {ref.catalog}.{ref.schema}
        </span>
      </TableCell>
      <TableCell className={classes.number}>
        {formatCount(totals?.dataFiles)}
        {smallShare !== undefined && (
          <>
            <ShareBar
              share={smallShare}
              color={smallShare < 0.5 ? colors.muted : colors.atRisk}
            />
            <span className={classes.muted}>
              {formatShare(smallShare)} small
            </span>
          </>
        )}
      </TableCell>
      <TableCell className={classes.number}>
        {formatBytes(totals?.sizeBytes)}
      </TableCell>
      <TableCell className={classes.number}>
        {formatCount(health.snapshots?.count)}
      </TableCell>
      <TableCell className={classes.clip}>
        {snapshot ? (
          <>
            <RelativeTime time={snapshot.committedAt} always />
            <br />
            <span className={classes.muted}>{snapshot.user}</span>
          </>
        ) : (
          NOT_OBSERVED
        )}
      </TableCell>
      <TableCell className={classes.clip}>
        <StatisticsAge health={health} />
      </TableCell>
      <TableCell className={classes.actions}>
        <NoRowClick>
          <TableRowActions
            health={health}
            entityRef={props.entityRef}
            onPressed={() => props.onActed(id)}
            onRunEnded={props.onChanged}
          />
        </NoRowClick>
      </TableCell>
    </RowLink>
  );
};
