import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  RunbookAction,
  RunbookRunContext,
  RunLog,
} from '@lakehouse-ops/plugin-runbooks-node';

/** An action with all that its hooks are given in a run. */
export interface ExecutionWork {
  readonly action: RunbookAction;
  readonly input: unknown;
  readonly runId: string;
  readonly log: RunLog;
  readonly credentials: BackstageCredentials;
  readonly fingerprint: JsonObject;
  /** What was remembered so far. */
  readonly memory: () => JsonObject;
  readonly remember: (note: JsonObject) => Promise<void>;
  /** Shutdown, or the run is not ours any more. */
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
}

/** What the hooks of an action are given. */
export function actionContext(
  work: ExecutionWork,
  signal: AbortSignal,
): RunbookRunContext<unknown> {
  return {
    input: work.input,
    signal,
    credentials: work.credentials,
    runId: work.runId,
    log: work.log,
    fingerprint: work.fingerprint,
    memory: work.memory(),
    remember: work.remember,
  };
}
