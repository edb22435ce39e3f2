import type { JsonObject } from '@backstage/types';
import type { Reconciliation } from '@lakehouse-ops/plugin-runbooks-node';
import { askReconcile } from './askReconcile';
import { actionContext, type ExecutionWork } from './ExecutionWork';
import { interruptionOf } from './RunInterruption';

/** How long the outcome of an aborted action is looked for. */
const ABORT_PATIENCE_MS = 30_000;

const DIED = 'The process that executed this run ended in the middle of it.';

const WHAT_IS_TRUE = {
  'not-done': 'It did not take effect',
  'partly-done': 'It took effect in part',
  'in-progress': 'Whether it took effect is not known',
  unknown: 'Whether it took effect is not known',
} as const;

/** What is true of an execution whose end nobody saw. */
export type Settlement =
  | { readonly kind: 'done'; readonly output: JsonObject }
  /** Something is left to do. */
  | {
      readonly kind: 'unfinished';
      readonly state: 'failed' | 'cancelled';
      readonly message: string;
      /** What is true. */
      readonly truth: string;
      readonly partly: boolean;
      /** The process died, rather than the action failing. */
      readonly crashed: boolean;
    }
  | {
      readonly kind: 'unknown';
      readonly message: string;
      readonly truth: string;
    }
  /** This process has no more to do with it. */
  | { readonly kind: 'over' };

/**
 * Finds out what is true of an execution of which nobody saw the end, by
 * asking its action. What can't be found out is never guessed.
 */
export class ExecutionSettler {
  readonly #intervalMs: number;
  readonly #patienceMs: number;

  constructor(options: { intervalMs: number; patienceMs: number }) {
    this.#intervalMs = options.intervalMs;
    this.#patienceMs = options.patienceMs;
  }

  /**
   * The action failed or was aborted.
   *
   * @param signal - what it was given, aborted or not
   */
  async afterFailure(
    work: ExecutionWork,
    signal: AbortSignal,
    failure: string,
  ): Promise<Settlement> {
    const why = interruptionOf(signal);
    if (why === 'lease-lost') return { kind: 'over' };
    const reason: unknown = why ? signal.reason : undefined;
    const message = reason instanceof Error ? reason.message : failure;
    work.log.warn(`${message} Asking whether it took effect.`);
    if (why === 'shutdown') return this.#beforeShutdown(work, message);
    const truth = await this.#ask(work, {
      patienceMs: why ? ABORT_PATIENCE_MS : this.#patienceMs,
      signal: work.stop,
    });
    return settled(truth, {
      message,
      state: why === 'cancel' ? 'cancelled' : 'failed',
    });
  }

  /** The process that executed it died: nothing is known but what it wrote. */
  async afterCrash(work: ExecutionWork): Promise<Settlement> {
    work.log.warn(`${DIED} Asking whether it took effect.`);
    const truth = await this.#ask(work, {
      patienceMs: this.#patienceMs,
      signal: work.stop,
    });
    const state = work.cancel.aborted ? 'cancelled' : 'failed';
    const settlement = settled(truth, { message: DIED, state });
    return settlement.kind === 'unfinished'
      ? { ...settlement, crashed: true }
      : settlement;
  }

  /** A process that is being shut down asks once, and leaves the rest to the next. */
  async #beforeShutdown(
    work: ExecutionWork,
    message: string,
  ): Promise<Settlement> {
    const truth = await this.#ask(work, {
      patienceMs: 0,
      signal: new AbortController().signal,
    });
    const settlement = settled(truth, { message, state: 'failed' });
    const repeatable = work.action.attributes.idempotent;
    if (settlement.kind === 'unknown') return { kind: 'over' };
    return settlement.kind === 'unfinished' && repeatable
      ? { kind: 'over' }
      : settlement;
  }

  /** @returns undefined when the run is not ours to end any more */
  async #ask(
    work: ExecutionWork,
    options: { patienceMs: number; signal: AbortSignal },
  ): Promise<Reconciliation<JsonObject> | undefined> {
    try {
      return await askReconcile({
        action: work.action,
        context: actionContext(work, options.signal),
        intervalMs: this.#intervalMs,
        ...options,
      });
    } catch (error) {
      if (!options.signal.aborted) throw error;
      return undefined;
    }
  }
}

function settled(
  truth: Reconciliation<JsonObject> | undefined,
  failure: { message: string; state: 'failed' | 'cancelled' },
): Settlement {
  if (!truth) return { kind: 'over' };
  if (truth.state === 'done') return { kind: 'done', output: truth.output };
  const told = `${WHAT_IS_TRUE[truth.state]}: ${truth.reason}`;
  if (truth.state !== 'not-done' && truth.state !== 'partly-done') {
    return { kind: 'unknown', message: failure.message, truth: told };
  }
  return {
    ...failure,
    kind: 'unfinished',
    truth: told,
    partly: truth.state === 'partly-done',
    crashed: false,
  };
}
