import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import {
  RiskLabel,
  statisticsWords,
} from '@lakehouse-ops/plugin-runbooks-react';
import { runsOfPath } from './runsOfPath';

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top' } },
  title: { minWidth: 170, [theme.breakpoints.down('xs')]: { minWidth: 0 } },
  what: { minWidth: 240 },
  wide: { [theme.breakpoints.down('xs')]: { display: 'none' } },
  narrow: { [theme.breakpoints.up('sm')]: { display: 'none' } },
  id: {
    fontFamily: 'monospace',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  nowrap: { whiteSpace: 'nowrap' },
}));

/** A runbook in the catalogue. */
export function CatalogueRow(props: { runbook: RunbookSummary; path: string }) {
  const classes = useStyles();
  const { runbook, path } = props;
  const { owner, tags = [], statistics } = runbook;
  return (
    <TableRow className={classes.row} hover>
      <TableCell className={classes.title}>
        <Link to={path}>{runbook.title}</Link>
        <Typography variant="caption" component="div" className={classes.id}>
          {runbook.id}
        </Typography>
        <Typography variant="body2" component="div" className={classes.narrow}>
          {runbook.description}
        </Typography>
      </TableCell>
      <TableCell className={`${classes.what} ${classes.wide}`}>
        {runbook.description}
        {tags.length > 0 && (
          <Typography variant="caption" color="textSecondary" component="div">
            {tags.join(', ')}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <RiskLabel risk={runbook.risk} />
        {runbook.approval && (
          <Typography variant="caption" color="textSecondary" component="div">
            needs approval
          </Typography>
        )}
      </TableCell>
      <TableCell className={`${classes.nowrap} ${classes.wide}`}>
        {owner ? <EntityRefLink entityRef={owner} defaultKind="group" /> : '–'}
      </TableCell>
      <TableCell className={classes.wide}>
        <Link to={runsOfPath(runbook.id)} className={classes.nowrap}>
          Its runs
        </Link>
        {statistics && (
          <Typography variant="caption" color="textSecondary" component="div">
            {statisticsWords(statistics)}
          </Typography>
        )}
      </TableCell>
    </TableRow>
  );
}
