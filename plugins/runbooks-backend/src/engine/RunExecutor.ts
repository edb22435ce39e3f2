import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ActionRegistry } from './ActionRegistry';
import { ExecutionSettler } from './ExecutionSettler';
import type { RunPorts } from './RunPorts';
import type { RunSession } from './RunSession';
import type { SecretVault } from './SecretVault';
import type { StoreRetries } from './StoreRetries';
import { finishRun } from './walk/finishRun';
import { planOfAction, planOfVersion, type RunPlan } from './walk/RunPlan';
import { RunWalk } from './walk/RunWalk';
import type { Walk, WalkSignals } from './walk/Walk';

/** A run that as many processes took and none could end is not tried again. */
const MAX_ATTEMPTS = 50;

/** Goes on with runs: finds out what each is to walk, and walks it. */
export class RunExecutor {
  readonly #registry: ActionRegistry;
  readonly #vault: SecretVault;
  readonly #ports: RunPorts;
  readonly #ownCredentials: () => Promise<BackstageCredentials>;
  readonly #settler: ExecutionSettler;
  readonly #personWaitMs: number;

  constructor(options: {
    registry: ActionRegistry;
    vault: SecretVault;
    ports: RunPorts;
    /** Read with, where those of the person are gone. */
    ownCredentials: () => Promise<BackstageCredentials>;
    reconcileIntervalMs: number;
    reconcilePatienceMs: number;
    personWaitMs: number;
  }) {
    this.#registry = options.registry;
    this.#vault = options.vault;
    this.#ports = options.ports;
    this.#ownCredentials = options.ownCredentials;
    this.#personWaitMs = options.personWaitMs;
    this.#settler = new ExecutionSettler({
      intervalMs: options.reconcileIntervalMs,
      patienceMs: options.reconcilePatienceMs,
    });
  }

  /** @throws LeaseLostError, and what the store throws: then the next holder goes on */
  async execute(
    session: RunSession,
    signals: WalkSignals & { readonly retries: StoreRetries },
  ): Promise<void> {
    const walkOf = (plan: RunPlan): Walk => ({
      ...signals,
      session,
      plan,
      ports: this.#ports,
      registry: this.#registry,
      vault: this.#vault,
      settler: this.#settler,
      ownCredentials: this.#ownCredentials,
      personWaitMs: this.#personWaitMs,
    });
    let plan: RunPlan;
    try {
      assertNotHopeless(session);
      plan = await this.#planOf(session, signals);
    } catch (error) {
      if (signals.stop.aborted) {
        await session.release();
        return;
      }
      await this.#giveUp(walkOf(planOfNothing(session)), error);
      return;
    }
    await new RunWalk(walkOf(plan)).go();
  }

  async #planOf(
    { run }: RunSession,
    { retries, stop }: WalkSignals & { readonly retries: StoreRetries },
  ): Promise<RunPlan> {
    const { definitionHash } = run;
    if (definitionHash === undefined) return planOfAction(this.#registry, run);
    const version = await retries.read(
      () => this.#ports.book.getVersion(definitionHash),
      stop,
    );
    if (version) return planOfVersion(version);
    throw new Error(
      `The version of the runbook that this run was started from (${definitionHash}) is not known any more.`,
    );
  }

  /** It can't be walked: what is true of it so far is what it ends with. */
  async #giveUp(walk: Walk, cause: unknown): Promise<void> {
    const { steps } = walk.session.run;
    const open = steps.find(
      ({ id, kind, state }) =>
        (kind === 'execute' || id === 'execute') &&
        (state === 'running' || state === 'waiting'),
    );
    const executed = steps.some(
      ({ id, kind, state }) =>
        (kind === 'execute' || id === 'execute') && state === 'succeeded',
    );
    await finishRun(walk, {
      kind: 'failed',
      change: {},
      verdict: {
        state: open ? 'outcome-unknown' : 'failed',
        error: {
          message: toError(cause).message,
          alreadyDone: alreadyDone({ open: open !== undefined, executed }),
          nextStep:
            open || executed
              ? 'Look at the target itself, then make a new preview.'
              : 'Make a new preview and start again.',
        },
      },
    });
  }
}

function alreadyDone(known: { open: boolean; executed: boolean }): string {
  if (known.open) {
    return 'The action had begun; whether it took effect is not known.';
  }
  return known.executed ? 'Some steps were executed.' : 'Nothing.';
}

/** @throws Error when the run was taken often enough */
function assertNotHopeless(session: RunSession): void {
  const { settledToken = 0 } = session.stepRecord('');
  if (session.record.fencingToken - settledToken <= MAX_ATTEMPTS) return;
  throw new Error(
    `${MAX_ATTEMPTS} attempts to go on with this run broke off. The backend's log tells why.`,
  );
}

/** Of a run that can't be walked. */
function planOfNothing({ run }: RunSession): RunPlan {
  return {
    single: run.definitionHash === undefined,
    risk: run.risk,
    parametersSchema: {},
    sections: { steps: [], onFailure: [], finally: [] },
  };
}
