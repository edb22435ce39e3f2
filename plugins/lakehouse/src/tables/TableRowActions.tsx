import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { RunbookAction } from '../components/RunbookAction';
import {
  compactLabel,
  suggestedTableAction,
  TableAction,
  tableRunParameters,
  tableRunTarget,
} from './tableEffects';

const useStyles = makeStyles({
  // Out of sight and of the way, but mounted: the drawer of its run lives in it.
  past: { position: 'absolute', visibility: 'hidden' },
});

/**
 * The one thing that would help a table most. A button that was pressed stays
 * mounted when it is no longer needed, so that its drawer can show the run.
 */
export const TableRowActions = (props: {
  health: TableHealth;
  entityRef?: string;
  onPressed: () => void;
  onRunEnded: () => void;
}) => {
  const { health } = props;
  const classes = useStyles();
  const [pressed, setPressed] = useState<readonly TableAction[]>([]);
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
    <>
      {actions
        .filter(action => action === suggested || pressed.includes(action))
        .map(action => (
          <span
            key={action}
            role="presentation"
            className={action === suggested ? undefined : classes.past}
            onClickCapture={() => {
              setPressed(before => [...new Set([...before, action])]);
              props.onPressed();
            }}
          >
            <RunbookAction
              runbookId={action}
              target={tableRunTarget(health.ref)}
              parameters={tableRunParameters(health.ref)}
              entityRef={props.entityRef}
              label={labels[action]}
              size="small"
              onRunEnded={props.onRunEnded}
            />
          </span>
        ))}
    </>
  );
};
