import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { RunbookAction } from '../components/RunbookAction';
import { ShiftingActions } from '../components/ShiftingActions';
import {
  compactLabel,
  suggestedTableAction,
  TableAction,
  tableRunParameters,
  tableRunTarget,
} from './tableEffects';

/** The one thing that would help a table most. */
export const TableRowActions = (props: {
  health: TableHealth;
  entityRef?: string;
  onPressed: () => void;
  onRunEnded: () => void;
}) => {
  const { health } = props;
  const suggested = suggestedTableAction(health);
  const labels: Record<TableAction, string> = {
    'trino:optimize-table': compactLabel(health),
    'trino:analyze-table': 'Refresh statistics',
  };
  const actions: TableAction[] = [
    'trino:optimize-table',
    'trino:analyze-table',
  ];
  return (
    <ShiftingActions
      onPressed={props.onPressed}
      actions={actions.map(action => ({
        id: action,
        wanted: action === suggested,
        button: (
          <RunbookAction
            runbookId={action}
            target={tableRunTarget(health.ref)}
            parameters={tableRunParameters(health.ref)}
            entityRef={props.entityRef}
            label={labels[action]}
            size="small"
            onRunEnded={props.onRunEnded}
          />
        ),
      }))}
    />
  );
};
