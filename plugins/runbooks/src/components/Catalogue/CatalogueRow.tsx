import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import { RiskLabel } from '@lakehouse-ops/plugin-runbooks-react';
import { formatRunListUrl } from '../RunsList/runListUrl';

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top' } },
  id: { fontFamily: 'monospace', color: theme.palette.text.secondary },
  nowrap: { whiteSpace: 'nowrap' },
}));

/** Names of a runbook's parameters, those that are needed first. */
export function parameterNames({ parametersSchema }: RunbookSummary): {
  needed: string[];
  optional: string[];
} {
  const { properties, required } = parametersSchema;
  const names =
    typeof properties === 'object' && properties !== null
      ? Object.keys(properties)
      : [];
  const needed = Array.isArray(required) ? required : [];
  return {
    needed: names.filter(name => needed.includes(name)),
    optional: names.filter(name => !needed.includes(name)),
  };
}

/** A runbook in the catalogue. */
export function CatalogueRow({ runbook }: { runbook: RunbookSummary }) {
  const classes = useStyles();
  const { needed, optional } = parameterNames(runbook);
  const runs = formatRunListUrl({
    states: [],
    runbookId: runbook.id,
    startedBy: '',
    target: '',
    page: 0,
  });
  return (
    <TableRow className={classes.row}>
      <TableCell className={classes.nowrap}>
        <Typography>{runbook.title}</Typography>
        <Typography variant="caption" className={classes.id}>
          {runbook.id}
        </Typography>
      </TableCell>
      <TableCell>{runbook.description}</TableCell>
      <TableCell>
        <RiskLabel risk={runbook.risk} attributes={runbook.attributes} />
      </TableCell>
      <TableCell>
        {needed.join(', ') || (optional.length ? '' : 'nothing')}
        {optional.length > 0 && (
          <Typography variant="caption" color="textSecondary" component="div">
            optional: {optional.join(', ')}
          </Typography>
        )}
      </TableCell>
      <TableCell className={classes.nowrap}>
        <Link to={`/runbooks/runs?${runs}`}>Its runs</Link>
      </TableCell>
    </TableRow>
  );
}
