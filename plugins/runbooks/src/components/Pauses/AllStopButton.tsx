import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import PauseIcon from '@material-ui/icons/Pause';
import { usePauses } from '../../reads/usePauses';
import { AllStopDialog } from './AllStopDialog';

/** Holds all runs at once; gone while they are held already. */
export function AllStopButton() {
  const { value, refresh } = usePauses();
  const [open, setOpen] = useState(false);
  const paused = value?.items.some(({ scope }) => scope === 'all');
  const refusal =
    value?.mayPause?.allowed === false ? value.mayPause : undefined;
  if (paused && !open) return null;
  const button = (
    <Button
      variant="outlined"
      size="small"
      startIcon={<PauseIcon />}
      disabled={refusal !== undefined}
      onClick={() => setOpen(true)}
    >
      Stop all runs
    </Button>
  );
  return (
    <>
      {refusal ? (
        <Tooltip title={`${refusal.reason} ${refusal.remedy ?? ''}`.trim()}>
          {/* A disabled button has no events; the reason must be reachable. */}
          <span tabIndex={0}>{button}</span>
        </Tooltip>
      ) : (
        button
      )}
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
