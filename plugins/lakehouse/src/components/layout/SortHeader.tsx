import type { ReactNode } from 'react';
import TableCell from '@material-ui/core/TableCell';
import TableSortLabel from '@material-ui/core/TableSortLabel';

/** Which column a list is sorted by. */
export interface SortState<K extends string> {
  readonly sort: K;
  readonly order: 'asc' | 'desc';
}

/** A table head that sorts by its column; a second click turns the order round. */
export function SortHeader<K extends string>(props: {
  column: K;
  state: SortState<K>;
  onSort: (state: SortState<K>) => void;
  /** The order of the first click. */
  firstOrder?: 'asc' | 'desc';
  numeric?: boolean;
  width?: number | string;
  children: ReactNode;
}) {
  const { column, state, firstOrder = 'desc' } = props;
  const active = state.sort === column;
  const flipped = state.order === 'asc' ? 'desc' : 'asc';
  return (
    <TableCell
      style={{ width: props.width }}
      align={props.numeric ? 'right' : 'left'}
      sortDirection={active ? state.order : false}
    >
      <TableSortLabel
        active={active}
        direction={active ? state.order : firstOrder}
        onClick={() =>
          props.onSort({ sort: column, order: active ? flipped : firstOrder })
        }
      >
        {props.children}
      </TableSortLabel>
    </TableCell>
  );
}
