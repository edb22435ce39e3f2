import { useState } from 'react';
import Button, { type ButtonProps } from '@material-ui/core/Button';
import type {
  Run,
  RunbookSuggestion,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RunbookDrawer } from '../components/RunbookDrawer';

const NOTHING_SETTLED = {};

/**
 * Opens the drawer of a runbook that was suggested, its form filled in from
 * the context.
 *
 * @public
 */
export function SuggestionButton(props: {
  suggestion: Pick<RunbookSuggestion, 'runbook' | 'parameters'>;
  /** Catalog entity that the page is about. */
  entityRef?: string;
  /** The runbook's verb unless told. */
  label?: string;
  variant?: ButtonProps['variant'];
  color?: ButtonProps['color'];
  /** Called once when a run that was started here is over. */
  onRunEnded?(run: Run): void;
}) {
  const { suggestion, entityRef, onRunEnded } = props;
  const { runbook, parameters } = suggestion;
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [running, setRunning] = useState(false);
  const label = props.label ?? runbook.verb;
  return (
    // A row that opens on click must not open because of its button.
    <span role="presentation" onClick={event => event.stopPropagation()}>
      <Button
        size="small"
        variant={props.variant ?? 'outlined'}
        color={props.color}
        aria-haspopup="dialog"
        title={runbook.title}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {running ? 'Running …' : label}
      </Button>
      {wanted && (
        <RunbookDrawer
          open={open}
          runbookId={runbook.id}
          parameters={NOTHING_SETTLED}
          proposedParameters={parameters}
          entityRef={entityRef}
          label={runbook.title}
          onClose={() => setOpen(false)}
          onRunStarted={() => setRunning(true)}
          onRunEnded={run => {
            setRunning(false);
            onRunEnded?.(run);
          }}
        />
      )}
    </span>
  );
}
