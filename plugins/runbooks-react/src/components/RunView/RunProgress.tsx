import LinearProgress from '@material-ui/core/LinearProgress';
import { isFinalRunState } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunEventsState } from '../../hooks';

/**
 * How far a run is; a moving bar as long as it does not tell.
 *
 * @public
 */
export function RunProgress({ state }: { state: RunEventsState }) {
  const { run, progress } = state;
  if (!run || run.state === 'waiting' || isFinalRunState(run.state))
    return null;
  const share = Math.min(Math.max(progress ?? 0, 0), 1);
  return (
    <LinearProgress
      aria-label="Progress"
      variant={progress === undefined ? 'indeterminate' : 'determinate'}
      value={progress === undefined ? undefined : share * 100}
    />
  );
}
