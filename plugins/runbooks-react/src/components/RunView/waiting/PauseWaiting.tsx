import Typography from '@material-ui/core/Typography';
import type { RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { PersonText } from '../../labels';
import { WaitingFrame } from './WaitingFrame';

/** A run that somebody holds, together with others. */
export function PauseWaiting({
  waiting,
}: {
  waiting: Extract<RunWaiting, { kind: 'pause' }>;
}) {
  return (
    <WaitingFrame title="Held by a pause" since={waiting.since}>
      <Typography>
        <PersonText entityRef={waiting.by} /> has paused runs: {waiting.reason}{' '}
        It goes on by itself when the pause is ended.
      </Typography>
    </WaitingFrame>
  );
}
