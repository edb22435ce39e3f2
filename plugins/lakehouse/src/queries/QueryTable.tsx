import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type {
  QueryPage,
  QueryRecord,
  QuerySort,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';
import {
  SortHeader,
  SortState,
  useHeldRows,
  useTableStyles,
} from '../components/layout';
import { QUERY_PAGE_SIZE } from '../url';
import { QueryRow } from './QueryRow';

interface QueryTableProps {
  readonly page: QueryPage;
  /** Tells one list from another. */
  readonly listKey: string;
  readonly sort: SortState<QuerySort>;
  readonly openQueryId?: string;
  readonly entityRef?: string;
  readonly onSort: (sort: SortState<QuerySort>) => void;
  readonly onPage: (page: number) => void;
  readonly onOpen: (queryId: string) => void;
  readonly onChanged: () => void;
}

/** The backend pages this far; who looks for older queries narrows the list. */
const MAX_REACHABLE = 10_000;

const idOf = (query: QueryRecord) => query.queryId;

/** A page of queries. Rows stand still while the pointer is over them. */
export const QueryTable = (props: QueryTableProps) => {
  const { page, sort, onSort } = props;
  const classes = useTableStyles();
  const held = useHeldRows({
    rows: page.items,
    idOf,
    listKey: props.listKey,
  });
  const head = { state: sort, onSort };
  return (
    <>
      <div className={classes.scroll}>
        <Table
          className={`${classes.table} ${classes.fixed}`}
          style={{ minWidth: 980 }}
          size="small"
          aria-label="Queries"
        >
          <TableHead>
            <TableRow>
              <SortHeader column="state" firstOrder="asc" width={124} {...head}>
                State
              </SortHeader>
              <SortHeader column="createdAt" width={92} {...head}>
                Started
              </SortHeader>
              <SortHeader column="wallMs" width={104} {...head}>
                Duration
              </SortHeader>
              <SortHeader column="user" firstOrder="asc" {...head}>
                User
              </SortHeader>
              <SortHeader column="source" firstOrder="asc" {...head}>
                Source
              </SortHeader>
              <TableCell>Tables</TableCell>
              <SortHeader column="peakMemoryBytes" numeric width={82} {...head}>
                Memory
              </SortHeader>
              <SortHeader
                column="physicalInputBytes"
                numeric
                width={82}
                {...head}
              >
                Read
              </SortHeader>
              <TableCell>Error</TableCell>
              <TableCell style={{ width: 96 }} aria-label="Actions" />
            </TableRow>
          </TableHead>
          <TableBody {...held.holdProps}>
            {held.rows.map(query => (
              <QueryRow
                key={query.queryId}
                query={query}
                open={query.queryId === props.openQueryId}
                fresh={held.freshIds.has(query.queryId)}
                gone={held.goneIds.has(query.queryId)}
                entityRef={props.entityRef}
                onOpen={props.onOpen}
                onActed={held.pin}
                onChanged={props.onChanged}
              />
            ))}
          </TableBody>
        </Table>
      </div>
      <TablePagination
        component="div"
        count={Math.min(page.total, MAX_REACHABLE)}
        page={Math.floor(page.offset / QUERY_PAGE_SIZE)}
        rowsPerPage={QUERY_PAGE_SIZE}
        rowsPerPageOptions={[QUERY_PAGE_SIZE]}
        labelDisplayedRows={({ from, to }) => (
          <>
            {held.waiting > 0 && (
              <Typography variant="caption" color="textSecondary">
                {formatNumberOf(held.waiting, 'newer query', 'newer queries')}{' '}
                when the pointer leaves ·{' '}
              </Typography>
            )}
            {`${formatCount(from)}–${formatCount(to)} of ${formatCount(
              page.total,
            )}`}
          </>
        )}
        onPageChange={(_, next) => props.onPage(next)}
      />
    </>
  );
};
