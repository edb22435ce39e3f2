import { useState } from 'react';
import Button from '@material-ui/core/Button';
import PauseIcon from '@material-ui/icons/Pause';
import { RefusedButton } from '@lakehouse-ops/plugin-runbooks-react';
import { usePauses } from '../../reads/usePauses';
import { AllStopDialog } from './AllStopDialog';

const LABEL = 'Stop all runs';

/** Holds all runs at once; gone while they are held already. */
export function AllStopButton() {
  const { value, refresh } = usePauses();
  const [open, setOpen] = useState(false);
  const mayPause = value?.mayPause;
  const paused = value?.items.some(({ scope }) => scope === 'all');
  if (paused && !open) return null;
  if (mayPause?.allowed === false) {
    return (
      <RefusedButton
        label={LABEL}
        refusal={mayPause}
        size="small"
        variant="outlined"
      />
    );
  }
  return (
    <>
      <Button
        variant="outlined"
        size="small"
        startIcon={<PauseIcon />}
        onClick={() => setOpen(true)}
      >
        {LABEL}
      </Button>
      <AllStopDialog
        open={open}
        onClose={() => setOpen(false)}
        onPaused={() => {
          setOpen(false);
          refresh();
        }}
      />
    </>
  );
}
