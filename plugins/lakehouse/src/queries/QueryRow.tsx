import TableCell from '@material-ui/core/TableCell';
import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatDuration,
  NOT_OBSERVED,
  RelativeTime,
  useNow,
} from '../components/format';
import { NoRowClick, RowLink, useTableStyles } from '../components/layout';
import { QueryStateMark } from '../components/status';
import { useLakehouseColors } from '../components/useLakehouseColors';
import { KillQueryButton } from './KillQueryButton';
import { queryDurationMs, queryStages } from './queryStages';
import { shortTableName } from './shortTableName';
import { StageBar } from './StageBar';
import { useQuery } from './useQueries';

interface QueryRowProps {
  readonly query: QueryRecord;
  readonly open: boolean;
  readonly fresh: boolean;
  /** The list no longer has it: the row asks for its query by itself. */
  readonly gone: boolean;
  readonly entityRef?: string;
  readonly onOpen: (queryId: string) => void;
  readonly onActed: (queryId: string) => void;
  readonly onChanged: () => void;
}

const QueryDuration = (props: { query: QueryRecord }) => {
  const now = useNow(1_000).getTime();
  return (
    <>
      {formatDuration(queryDurationMs(props.query, now))}
      <StageBar stages={queryStages(props.query, now)} />
    </>
  );
};

/** One query of the list. */
export const QueryRow = (props: QueryRowProps) => {
  const { connection, queryId } = props.query;
  const own = useQuery(connection, props.gone ? queryId : undefined);
  const query = own.data ?? props.query;
  const classes = useTableStyles();
  const colors = useLakehouseColors();
  const tables = [...new Set([...query.tablesWritten, ...query.tablesRead])];
  return (
    <RowLink
      open={props.open}
      fresh={props.fresh}
      onOpen={() => props.onOpen(query.queryId)}
    >
      <TableCell>
        <QueryStateMark state={query.state} progress={query.progress} />
      </TableCell>
      <TableCell className={classes.clip}>
        <RelativeTime time={query.createdAt} />
      </TableCell>
      <TableCell>
        <QueryDuration query={query} />
      </TableCell>
      <TableCell className={classes.clip} title={query.user}>
        {query.user ?? NOT_OBSERVED}
      </TableCell>
      <TableCell className={classes.clip} title={query.source}>
        {query.source ?? NOT_OBSERVED}
      </TableCell>
      <TableCell className={classes.clip} title={tables.join('\n')}>
        {tables.length > 0 ? shortTableName(tables[0]) : NOT_OBSERVED}
        {tables.length > 1 && (
          <span className={classes.muted}> +{tables.length - 1}</span>
        )}
      </TableCell>
      <TableCell className={classes.number}>
        {formatBytes(query.peakMemoryBytes)}
      </TableCell>
      <TableCell className={classes.number}>
        {formatBytes(query.physicalInputBytes)}
      </TableCell>
      <TableCell
        className={classes.clip}
        style={{ color: query.error && colors.breached }}
        title={query.error?.message}
      >
        {query.error?.name}
      </TableCell>
      <TableCell className={classes.actions}>
        <NoRowClick>
          <KillQueryButton
            query={query}
            entityRef={props.entityRef}
            onPressed={props.onActed}
            onRunEnded={props.onChanged}
          />
        </NoRowClick>
      </TableCell>
    </RowLink>
  );
};
