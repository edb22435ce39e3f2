import { useCallback, useState } from 'react';
import Button, { type ButtonProps } from '@material-ui/core/Button';
import type { JsonObject } from '@backstage/types';
import type { Run, RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { useAllowance } from '../../allowances/useAllowance';
import { RunbookDrawer } from '../RunbookDrawer';
import { RefusedButton } from './RefusedButton';

/**
 * Properties of {@link RunbookButton}.
 *
 * @public
 */
export interface RunbookButtonProps {
  /** For a single action the action's id, such as `trino:kill-query`. */
  runbookId: string;
  target: RunTarget;
  /** Settled by the page; what the runbook takes besides is asked for. */
  parameters: JsonObject;
  /** Catalog entity that the page is about. */
  entityRef?: string;
  /** The verb and what it will do: "Kill", "Compact 1,042 → 26 files". */
  label: string;
  size?: 'small' | 'medium';
  variant?: ButtonProps['variant'];
  /** Called once when a run that was started here is over. */
  onRunEnded?(run: Run): void;
}

/**
 * Opens a runbook's drawer for a target. A viewer who may not run it sees a
 * disabled button that says why and what to do about it. All buttons of a page
 * ask for that together.
 *
 * @public
 */
export function RunbookButton(props: RunbookButtonProps) {
  const { label, size = 'small', variant = 'outlined', onRunEnded } = props;
  const allowance = useAllowance(props);
  const [open, setOpen] = useState(false);
  // Many buttons stand in a table: none brings its drawer before it is asked.
  const [wanted, setWanted] = useState(false);
  const [running, setRunning] = useState(false);
  const start = useCallback(() => setRunning(true), []);
  const end = useCallback(
    (run: Run) => {
      setRunning(false);
      onRunEnded?.(run);
    },
    [onRunEnded],
  );

  return (
    // A row that opens on click must not open because of its button.
    <span role="presentation" onClick={event => event.stopPropagation()}>
      {allowance?.allowed === false && !wanted ? (
        <RefusedButton
          label={label}
          refusal={allowance}
          size={size}
          variant={variant}
        />
      ) : (
        <Button
          size={size}
          variant={variant}
          aria-haspopup="dialog"
          onClick={() => {
            setWanted(true);
            setOpen(true);
          }}
        >
          {running ? 'Running …' : label}
        </Button>
      )}
      {wanted && (
        <RunbookDrawer
          open={open}
          runbookId={props.runbookId}
          target={props.target}
          parameters={props.parameters}
          entityRef={props.entityRef}
          label={label}
          onClose={() => setOpen(false)}
          onRunStarted={start}
          onRunEnded={end}
        />
      )}
    </span>
  );
}
