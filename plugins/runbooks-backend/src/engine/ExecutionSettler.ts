import type { JsonObject } from '@backstage/types';
import type { Reconciliation } from '@lakehouse-ops/plugin-runbooks-node';
import { askReconcile } from './askReconcile';
import { actionContext, type ExecutionWork, letGo } from './ExecutionWork';
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

/** How a run goes on: it took effect, it is to be done again, or this process has no more to do with it. */
export type NextStep = 'verify' | 'repeat' | 'over';

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
  ): Promise<NextStep> {
    const why = interruptionOf(signal);
    if (why === 'lease-lost') return 'over';
    const reason: unknown = why ? signal.reason : undefined;
    const message = reason instanceof Error ? reason.message : failure;
    work.session.log.warn(`${message} Asking whether it took effect.`);
    if (why === 'shutdown') return this.#beforeShutdown(work, message);
    const truth = await this.#ask(work, {
      patienceMs: why ? ABORT_PATIENCE_MS : this.#patienceMs,
      signal: work.stop,
    });
    if (!truth) return 'over';
    return this.#settle(work, truth, {
      message,
      state: why === 'cancel' ? 'cancelled' : 'failed',
    });
  }

  /** The process that executed it died: nothing is known but what it wrote. */
  async afterCrash(work: ExecutionWork): Promise<NextStep> {
    const { session, action } = work;
    session.log.warn(`${DIED} Asking whether it took effect.`);
    const truth = await this.#ask(work, {
      patienceMs: this.#patienceMs,
      signal: work.stop,
    });
    if (!truth) return 'over';
    const by = session.run.cancelRequestedBy;
    if (isUnfinished(truth) && action.attributes.idempotent && !by) {
      session.log.info(`${truth.reason} It may be repeated: starting over.`);
      return 'repeat';
    }
    return this.#settle(work, truth, {
      message: DIED,
      state: by ? 'cancelled' : 'failed',
    });
  }

  /** A process that is being shut down asks once, and leaves the rest to the next. */
  async #beforeShutdown(
    work: ExecutionWork,
    message: string,
  ): Promise<NextStep> {
    const { session, action } = work;
    const truth = await this.#ask(work, {
      patienceMs: 0,
      signal: new AbortController().signal,
    });
    if (truth && isUnfinished(truth) && !action.attributes.idempotent) {
      return this.#settle(work, truth, { message, state: 'failed' });
    }
    if (truth?.state === 'done') {
      await session.end('execute', { output: truth.output });
    }
    await session.release();
    return 'over';
  }

  async #settle(
    work: ExecutionWork,
    truth: Reconciliation<JsonObject>,
    failure: { message: string; state: 'failed' | 'cancelled' },
  ): Promise<NextStep> {
    const { session } = work;
    if (truth.state === 'done') {
      session.log.info('It did take effect.');
      await session.end('execute', { output: truth.output });
      return 'verify';
    }
    const { target } = session.run;
    const known = isUnfinished(truth);
    await session.finish(known ? failure.state : 'outcome-unknown', {
      error: {
        step: 'execute',
        message: failure.message,
        alreadyDone: `${WHAT_IS_TRUE[truth.state]}: ${truth.reason}`,
        nextStep: known
          ? 'Make a new preview to try again.'
          : `Look at ${target.kind} ${target.name} itself before trying again.`,
      },
    });
    return 'over';
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
      await letGo(work);
      return undefined;
    }
  }
}

/** It is known that something is left to do. */
function isUnfinished(
  truth: Reconciliation<JsonObject>,
): truth is Extract<
  Reconciliation<JsonObject>,
  { state: 'not-done' | 'partly-done' }
> {
  return truth.state === 'not-done' || truth.state === 'partly-done';
}
