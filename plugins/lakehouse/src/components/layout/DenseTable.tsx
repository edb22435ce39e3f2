import type { ReactNode } from 'react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useTableStyles } from './useTableStyles';

/** The frame of all dense tables: a named table that scrolls by itself when there is no room. */
export const DenseTable = (props: {
  label: string;
  /** Columns keep their widths; below this width of all of them the table scrolls. */
  minWidth?: number;
  head: ReactNode;
  bodyProps?: { onMouseMove(): void; onMouseLeave(): void };
  children: ReactNode;
}) => {
  const classes = useTableStyles();
  const fixed = props.minWidth === undefined ? '' : classes.fixed;
  return (
    <div className={classes.scroll}>
      <Table
        className={`${classes.table} ${fixed}`}
        style={{ minWidth: props.minWidth }}
        size="small"
        aria-label={props.label}
      >
        <TableHead>
          <TableRow>{props.head}</TableRow>
        </TableHead>
        <TableBody {...props.bodyProps}>{props.children}</TableBody>
      </Table>
    </div>
  );
};
