import type { PropsWithChildren } from 'react';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';

/** A table without rows says so, and what to do. */
export function EmptyRow(props: PropsWithChildren<{ columns: number }>) {
  return (
    <TableRow>
      <TableCell colSpan={props.columns}>
        <Typography component="div">{props.children}</Typography>
      </TableCell>
    </TableRow>
  );
}
