import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionRegistry } from '../ActionRegistry';
import type { ExecutionSettler } from '../ExecutionSettler';
import type { RunPorts } from '../RunPorts';
import type { RunSession } from '../RunSession';
import type { SecretVault } from '../SecretVault';
import type { StoreRetries } from '../StoreRetries';
import type { RunPlan } from './RunPlan';

/** What a process is told while it walks a run. */
export interface WalkSignals {
  /** Shutdown, or the run is not ours any more. */
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
}

/** A run that is being walked, with all that its steps need. */
export interface Walk extends WalkSignals {
  readonly session: RunSession;
  readonly plan: RunPlan;
  readonly ports: RunPorts;
  readonly registry: ActionRegistry;
  readonly vault: SecretVault;
  readonly settler: ExecutionSettler;
  readonly retries: StoreRetries;
  /** How long it waits for the person who started it, or for word on an outcome. */
  readonly personWaitMs: number;
  /** For reading, where those of the person are gone. */
  readonly ownCredentials: () => Promise<BackstageCredentials>;
}

/** Credentials of the person who started the run; undefined when they are gone. */
export async function personsCredentials({
  session,
  ports,
  retries,
  stop,
}: Walk): Promise<BackstageCredentials | undefined> {
  return retries.read(() => ports.credentials.recall(session.run.id), stop);
}

/** Credentials to read with. */
export async function readingCredentials(
  walk: Walk,
): Promise<BackstageCredentials> {
  return (await personsCredentials(walk)) ?? walk.ownCredentials();
}
