import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { RunbookAction } from '../components/RunbookAction';
import { formatBytes } from '../components/format';
import {
  compactLabel,
  statisticsEffect,
  tableRunParameters,
  tableRunTarget,
} from './tableEffects';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** What can be done for a table, with the expected effect. */
export const TableActions = (props: {
  health: TableHealth;
  entityRef?: string;
  onRunEnded: () => void;
}) => {
  const { health } = props;
  const classes = useStyles();
  const shared = {
    target: tableRunTarget(health.ref),
    parameters: tableRunParameters(health.ref),
    entityRef: props.entityRef,
    size: 'small' as const,
    onRunEnded: props.onRunEnded,
  };
  const effects = [
    health.compaction &&
      `Compaction rewrites ${formatBytes(health.compaction.bytesRewritten)}.`,
    statisticsEffect(health),
  ].filter(Boolean);
  return (
    <div className={classes.root}>
      <RunbookAction
        {...shared}
        runbookId="trino:optimize-table"
        label={compactLabel(health)}
      />
      <RunbookAction
        {...shared}
        runbookId="trino:analyze-table"
        label="Refresh statistics"
      />
      <Typography variant="caption" color="textSecondary">
        {effects.join(' ')}
      </Typography>
    </div>
  );
};
