import type { ReactNode } from 'react';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ListState, UrlList } from '../../url';
import { DenseTable } from './DenseTable';
import { HiddenText } from './HiddenText';
import { ListTable } from './ListTable';
import { NoRowClick } from './NoRowClick';
import { RowLink } from './RowLink';
import { SortHeader } from './SortHeader';
import { useTableStyles } from './useTableStyles';

/** Rows of a page of a list that came whole. */
const PAGE_SIZE = 50;

/** A column of a {@link DataTable}. */
export interface DataColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** What it is sorted by; can't be sorted without. What is not known stands last. */
  readonly value?: (row: T) => string | number | undefined;
  /** The order of the first click. */
  readonly firstOrder?: 'asc' | 'desc';
  readonly numeric?: boolean;
  readonly width?: number;
  /** `clip` cuts long text off, `wrap` breaks it anywhere. */
  readonly overflow?: 'clip' | 'wrap';
  /** Holds buttons: its title is for screen readers only. */
  readonly actions?: boolean;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  readonly columns: ReadonlyArray<DataColumn<T>>;
  readonly minWidth?: number;
  /** Sort order and page, kept in the URL. Rows stay in their given order without. */
  readonly list?: UrlList;
  /** Tells one choice of rows from another, so that a new one is shown at once. */
  readonly listKey?: string;
  readonly openId?: string;
  /** Rows open something. */
  readonly onOpen?: (id: string) => void;
}

/** A table of rows that came whole: sorted and paged here, in the order of the URL. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, idOf, list, onOpen } = props;
  const classes = useTableStyles();
  const state = list?.state;
  const rows = state ? sortRows(props.rows, columns, state) : props.rows;
  const first = (state?.page ?? 0) * PAGE_SIZE;
  const offset = first < rows.length ? first : 0;
  const looks = (column: DataColumn<T>) =>
    [
      column.numeric ? classes.number : '',
      column.overflow ? classes[column.overflow] : '',
      column.actions ? classes.actions : '',
    ].join(' ');
  const head = columns.map(column =>
    column.value && list ? (
      <SortHeader
        key={column.id}
        column={column.id}
        state={list.state}
        firstOrder={column.firstOrder}
        numeric={column.numeric}
        width={column.width}
        onSort={list.onSort}
      >
        {column.title}
      </SortHeader>
    ) : (
      <TableCell
        key={column.id}
        align={column.numeric ? 'right' : 'left'}
        style={{ width: column.width }}
      >
        {column.actions ? (
          <HiddenText>{column.title}</HiddenText>
        ) : (
          column.title
        )}
      </TableCell>
    ),
  );
  const cells = (row: T) =>
    columns.map(column => (
      <TableCell key={column.id} className={looks(column)}>
        {column.actions ? (
          <NoRowClick>{column.cell(row)}</NoRowClick>
        ) : (
          column.cell(row)
        )}
      </TableCell>
    ));
  if (!onOpen) {
    return (
      <DenseTable label={props.label} minWidth={props.minWidth} head={head}>
        {rows.map(row => (
          <TableRow key={idOf(row)}>{cells(row)}</TableRow>
        ))}
      </DenseTable>
    );
  }
  return (
    <ListTable
      label={props.label}
      minWidth={props.minWidth ?? 0}
      page={{
        items: rows.slice(offset, offset + PAGE_SIZE),
        total: rows.length,
        offset,
      }}
      pageSize={PAGE_SIZE}
      listKey={JSON.stringify([state, props.listKey])}
      idOf={idOf}
      openId={props.openId}
      head={head}
      row={(row, { id, open, fresh }) => (
        <RowLink key={id} open={open} fresh={fresh} onOpen={() => onOpen(id)}>
          {cells(row)}
        </RowLink>
      )}
      onPage={page => list?.onPage(page)}
    />
  );
}

/** Rows in the order of one column; those without a value last, whatever the order. */
export function sortRows<T>(
  rows: readonly T[],
  columns: ReadonlyArray<DataColumn<T>>,
  state: Pick<ListState, 'sort' | 'order'>,
): readonly T[] {
  const value = columns.find(({ id }) => id === state.sort)?.value;
  if (!value) return rows;
  const sign = state.order === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return typeof left === 'string' && typeof right === 'string'
      ? left.localeCompare(right) * sign
      : (Number(left) - Number(right)) * sign;
  });
}
