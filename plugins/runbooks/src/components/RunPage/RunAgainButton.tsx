import { useState } from 'react';
import Button from '@material-ui/core/Button';
import ReplayIcon from '@material-ui/icons/Replay';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RunbookDrawer } from '@lakehouse-ops/plugin-runbooks-react';

/** What the backend keeps in the place of a secret. */
const REDACTED = '<secret>';

/** The parameters of a run that can be used again: secrets have to be typed. */
export function reusableParameters({ parameters }: Run): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => value !== REDACTED),
  );
}

/** Opens the drawer with a run's parameters filled in, for a look before it runs. */
export function RunAgainButton({ run }: { run: Run }) {
  const [open, setOpen] = useState(false);
  if (!isFinalRunState(run.state)) return null;
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<ReplayIcon fontSize="inherit" />}
        onClick={() => setOpen(true)}
      >
        Run again
      </Button>
      <RunbookDrawer
        open={open}
        runbookId={run.runbookId}
        parameters={{}}
        proposedParameters={reusableParameters(run)}
        entityRef={run.entityRef}
        label={`${run.title}, again`}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
