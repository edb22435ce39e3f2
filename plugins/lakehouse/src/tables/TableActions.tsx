import Typography from '@material-ui/core/Typography';
import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { RunbookAction } from '../components/RunbookAction';
import { ActionBar } from '../components/layout';
import { formatBytes } from '../components/format';
import {
  compactLabel,
  statisticsEffect,
  tableRunParameters,
  tableRunTarget,
} from './tableEffects';

/** What can be done for a table, with the expected effect. */
export const TableActions = (props: {
  health: TableHealth;
  entityRef?: string;
  onRunEnded: () => void;
}) => {
  const { health } = props;
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
    <ActionBar>
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
    </ActionBar>
  );
};
