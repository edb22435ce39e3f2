import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { keyboardScrollable } from '../keyboardScrollable';

const useStyles = makeStyles(theme => ({
  scroll: {
    overflowX: 'auto',
    maxHeight: 260,
    overflowY: 'auto',
    '& th, & td': { wordBreak: 'normal', minWidth: '7ch' },
    [theme.breakpoints.down('xs')]: {
      '& th, & td': { padding: theme.spacing(0.75, 1) },
    },
  },
  cell: { fontFamily: 'monospace', fontSize: theme.typography.pxToRem(12) },
  title: { marginTop: theme.spacing(2) },
}));

/** Some of what is touched, or looked at, row by row. */
export function SamplesTable(props: {
  samples: NonNullable<PreviewContent['samples']>;
  /** Nothing is done to them. */
  looks?: boolean;
}) {
  const classes = useStyles();
  const { samples, looks } = props;
  const { columns, rows, total } = samples;
  const what = looks ? 'looked at' : 'touched';
  const title =
    rows.length < total
      ? `${rows.length} of ${total.toLocaleString('en')} that are ${what}`
      : `What is ${what}`;
  return (
    <>
      <Typography variant="subtitle2" component="h4" className={classes.title}>
        {title}
      </Typography>
      <div
        className={classes.scroll}
        {...keyboardScrollable}
        role="region"
        aria-label={title}
      >
        <Table size="small">
          <TableHead>
            <TableRow>
              {columns.map(column => (
                <TableCell key={column}>{column}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row, rowIndex) => (
              <TableRow key={rowIndex}>
                {columns.map((column, index) => (
                  <TableCell key={column} className={classes.cell}>
                    {row[index] ?? '–'}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </>
  );
}
