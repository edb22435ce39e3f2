import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Skeleton from '@material-ui/lab/Skeleton';

/** Rows in the shape of what is being loaded, so that nothing jumps. */
export function RowSkeletons(props: { rows: number; columns: number }) {
  return (
    <>
      {Array.from({ length: props.rows }, (_row, row) => (
        <TableRow key={row} aria-hidden>
          {Array.from({ length: props.columns }, (_column, column) => (
            <TableCell key={column}>
              <Skeleton width={column === 0 ? '60%' : '80%'} />
            </TableCell>
          ))}
        </TableRow>
      ))}
    </>
  );
}
