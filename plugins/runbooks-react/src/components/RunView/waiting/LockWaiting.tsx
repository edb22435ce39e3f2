import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import type { RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { runPath } from '../../../routes';
import { PersonText } from '../../labels';
import { WaitingFrame } from './WaitingFrame';

/** A run that waits until another one is through with the same target. */
export function LockWaiting({
  waiting,
}: {
  waiting: Extract<RunWaiting, { kind: 'lock' }>;
}) {
  const { heldBy, heldByRunId, key, since, until } = waiting;
  return (
    <WaitingFrame
      title="Waits its turn: another run holds the target"
      since={since}
      until={until}
    >
      <Typography>
        <Link to={runPath(heldByRunId)}>
          The run of <PersonText entityRef={heldBy} />
        </Link>{' '}
        holds <code>{key}</code>. This one begins by itself when that is over.
      </Typography>
    </WaitingFrame>
  );
}
