import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ScorePart } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatShare, NOT_OBSERVED } from '../components/format';
import { ShareBar, useTableStyles } from '../components/layout';
import { useLakehouseColors } from '../components/useLakehouseColors';

/** What a table's score is made of. */
export const ScoreParts = (props: { parts: readonly ScorePart[] }) => {
  const classes = useTableStyles();
  const colors = useLakehouseColors();
  return (
    <Table
      className={classes.table}
      size="small"
      aria-label="Parts of the score"
    >
      <TableHead>
        <TableRow>
          <TableCell>Part</TableCell>
          <TableCell align="right">Score</TableCell>
          <TableCell align="right">Counts for</TableCell>
          <TableCell>Why</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.parts.map(part => (
          <TableRow key={part.id}>
            <TableCell>{part.label}</TableCell>
            <TableCell align="right" style={{ width: 90 }}>
              {part.score === undefined ? NOT_OBSERVED : Math.round(part.score)}
              {part.score !== undefined && (
                <ShareBar share={part.score / 100} color={colors.accent} />
              )}
            </TableCell>
            <TableCell align="right">{formatShare(part.weight)}</TableCell>
            <TableCell>{part.explanation}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
