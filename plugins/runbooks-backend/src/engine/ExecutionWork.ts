import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  RunbookAction,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { interruptionOf } from './RunInterruption';
import type { RunSession } from './RunSession';

/** What an executor is given besides the run. */
export interface ExecutionSignals {
  /** Shutdown, or the run is not ours any more. */
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
  readonly credentials: BackstageCredentials;
}

/** A run with all that is needed to work on it. */
export interface ExecutionWork extends ExecutionSignals {
  readonly session: RunSession;
  readonly action: RunbookAction;
  readonly input: unknown;
}

/** What the hooks of an action are given. */
export function actionContext(
  work: ExecutionWork,
  signal: AbortSignal,
): RunbookRunContext<unknown> {
  const { session, credentials, input } = work;
  return {
    input,
    signal,
    credentials,
    runId: session.run.id,
    log: session.log,
    fingerprint: session.record.fingerprint,
    memory: session.record.memory,
    remember: async note => session.remember(note),
  };
}

/**
 * Lets go of a run whose work was stopped: on shutdown it is given back; when
 * it was lost, there is nothing to give.
 */
export async function letGo({ session, stop }: ExecutionWork): Promise<void> {
  if (interruptionOf(stop) === 'shutdown') await session.release();
}
