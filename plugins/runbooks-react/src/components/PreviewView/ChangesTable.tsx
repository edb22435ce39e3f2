import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { PreviewChange } from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue } from '../../format/formatValue';
import { keyboardScrollable } from '../keyboardScrollable';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  // Whole words: the app's theme breaks them anywhere to make tables fit.
  table: {
    '& th, & td': { wordBreak: 'normal' },
    [theme.breakpoints.down('xs')]: {
      '& th, & td': { padding: theme.spacing(0.75, 1) },
    },
  },
  number: { fontVariantNumeric: 'tabular-nums', overflowWrap: 'break-word' },
  after: { fontWeight: 500 },
  estimated: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
    whiteSpace: 'nowrap',
  },
}));

/** Figures stay on one line with their units; longer words wrap. */
const LONGEST_ON_ONE_LINE = 16;

function Value(props: {
  value?: string | number;
  unit: PreviewChange['unit'];
}) {
  const text = formatValue(props.value, props.unit);
  return text.length > LONGEST_ON_ONE_LINE ? (
    <>{text}</>
  ) : (
    <span style={{ whiteSpace: 'nowrap' }}>{text}</span>
  );
}

/** What will change, before and after. */
export function ChangesTable({
  changes,
}: {
  changes: readonly PreviewChange[];
}) {
  const classes = useStyles();
  // What only looks changes nothing: there is no after.
  const looks = changes.every(({ after }) => after === undefined);
  const estimate = <span className={classes.estimated}> (estimated)</span>;
  return (
    <div className={classes.scroll} {...keyboardScrollable}>
      <Table
        size="small"
        aria-label={looks ? 'How it is' : 'What will change'}
        className={classes.table}
      >
        <TableHead>
          <TableRow>
            <TableCell>What</TableCell>
            <TableCell align="right">{looks ? 'Now' : 'Before'}</TableCell>
            {!looks && <TableCell align="right">After</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(({ label, before, after, unit, estimated }) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row">
                {label}
              </TableCell>
              <TableCell align="right" className={classes.number}>
                <Value value={before} unit={unit} />
                {estimated && after === undefined && estimate}
              </TableCell>
              {!looks && (
                <TableCell
                  align="right"
                  className={`${classes.number} ${classes.after}`}
                >
                  <Value value={after} unit={unit} />
                  {estimated && after !== undefined && estimate}
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
