import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { JsonObject } from '@backstage/types';
import { parameterRows } from './parameterRows';

const useStyles = makeStyles(theme => ({
  code: {
    fontFamily: 'monospace',
    fontSize: theme.typography.pxToRem(13),
    overflowWrap: 'anywhere',
  },
}));

/** What a runbook asks for. */
export function ParametersTable({ schema }: { schema: JsonObject }) {
  const classes = useStyles();
  const rows = parameterRows(schema);
  if (rows.length === 0) {
    return <Typography variant="body2">It asks for nothing.</Typography>;
  }
  return (
    <TableContainer>
      <Table size="small" aria-label="Parameters">
        <TableHead>
          <TableRow>
            <TableCell>Parameter</TableCell>
            <TableCell>What</TableCell>
            <TableCell>Unless told</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(row => (
            <TableRow key={row.name}>
              <TableCell component="th" scope="row">
                {row.title ?? <span className={classes.code}>{row.name}</span>}
                {row.title && (
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                    className={classes.code}
                  >
                    {row.name}
                  </Typography>
                )}
              </TableCell>
              <TableCell>
                {row.type}
                {row.secret && ', secret'}
                {row.description && (
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                  >
                    {row.description}
                  </Typography>
                )}
              </TableCell>
              <TableCell className={row.defaultText ? classes.code : undefined}>
                {row.defaultText ?? (row.needed ? 'needed' : '–')}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
