import type { ReactNode } from 'react';
import TablePagination from '@material-ui/core/TablePagination';
import Typography from '@material-ui/core/Typography';
import { formatCount, formatNumberOf } from '../format';
import { DenseTable } from './DenseTable';
import { useHeldRows } from './useHeldRows';

/** What a row of a {@link ListTable} is told about its place in the list. */
export interface ListRow {
  readonly id: string;
  readonly open: boolean;
  /** Came in since the list was first shown. */
  readonly fresh: boolean;
  /** Only still there because somebody acted on it. */
  readonly gone: boolean;
  /** Keeps it in the list, though it no longer matches. */
  readonly onActed: (id: string) => void;
}

interface ListTableProps<T> {
  readonly label: string;
  readonly minWidth: number;
  readonly page: {
    readonly items: readonly T[];
    readonly total: number;
    readonly offset: number;
  };
  readonly pageSize: number;
  /** How many rows can be paged to; all unless told. */
  readonly maxReachable?: number;
  /** Tells one list from another. */
  readonly listKey: string;
  readonly idOf: (row: T) => string;
  readonly openId?: string;
  /** What waits while the pointer holds the list: one, and many. */
  readonly newer?: readonly [one: string, many: string];
  readonly head: ReactNode;
  readonly row: (row: T, place: ListRow) => ReactNode;
  readonly onPage: (page: number) => void;
}

/** A page of a list. Rows stand still while the pointer is over them. */
export function ListTable<T>(props: ListTableProps<T>) {
  const { page, pageSize, idOf, newer } = props;
  const held = useHeldRows({ rows: page.items, idOf, listKey: props.listKey });
  const waits = newer !== undefined && held.waiting > 0;
  return (
    <>
      <DenseTable
        label={props.label}
        minWidth={props.minWidth}
        head={props.head}
        bodyProps={held.holdProps}
      >
        {held.rows.map(row => {
          const id = idOf(row);
          return props.row(row, {
            id,
            open: id === props.openId,
            fresh: held.freshIds.has(id),
            gone: held.goneIds.has(id),
            onActed: held.pin,
          });
        })}
      </DenseTable>
      {(newer !== undefined || page.total > pageSize) && (
        <TablePagination
          component="div"
          count={Math.min(page.total, props.maxReachable ?? page.total)}
          page={Math.floor(page.offset / pageSize)}
          rowsPerPage={pageSize}
          rowsPerPageOptions={[pageSize]}
          labelDisplayedRows={({ from, to }) => (
            <>
              {waits && (
                <Typography variant="caption" color="textSecondary">
                  {formatNumberOf(held.waiting, ...newer)} when the pointer
                  leaves ·{' '}
                </Typography>
              )}
              {`${formatCount(from)}–${formatCount(to)} of ${formatCount(
                page.total,
              )}`}
            </>
          )}
          onPageChange={(_, next) => props.onPage(next)}
        />
      )}
    </>
  );
}
