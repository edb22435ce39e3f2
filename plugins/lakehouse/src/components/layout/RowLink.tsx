import type { KeyboardEvent, ReactNode } from 'react';
import TableRow from '@material-ui/core/TableRow';
import { useTableStyles } from './useTableStyles';

/** A row of a table that opens something: by click, or by Enter when it has the focus. */
export const RowLink = (props: {
  open?: boolean;
  /** Came in since the last look: flashes once. */
  fresh?: boolean;
  onOpen: () => void;
  children: ReactNode;
}) => {
  const classes = useTableStyles();
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    // Keys pressed on a button inside the row are the button's.
    if (event.target !== event.currentTarget) return;
    const row = event.currentTarget;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      props.onOpen();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next =
        event.key === 'ArrowDown'
          ? row.nextElementSibling
          : row.previousElementSibling;
      if (next instanceof HTMLElement) {
        event.preventDefault();
        next.focus();
      }
    }
  };
  const looks = [
    classes.row,
    props.open ? classes.open : '',
    props.fresh ? classes.fresh : '',
  ];
  return (
    <TableRow
      className={looks.join(' ')}
      tabIndex={0}
      aria-current={props.open || undefined}
      onClick={props.onOpen}
      onKeyDown={onKeyDown}
    >
      {props.children}
    </TableRow>
  );
};
