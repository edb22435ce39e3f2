import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import type {
  Reconciliation,
  RunbookAction,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { JsonObject } from '@backstage/types';
import { jsonObjectSchema } from '../json/jsonSchemas';
import type { ActionRegistry } from './ActionRegistry';
import { askReconcile } from './askReconcile';
import { describeDrift } from './describeDrift';
import { interruptionOf, RunInterruption } from './RunInterruption';
import type { RunSession } from './RunSession';
import type { SecretVault } from './SecretVault';
import { whenAborted, withDeadline } from './withDeadline';

const CHECK_TIMEOUT_MS = 60_000;
const VERIFY_TIMEOUT_MS = 120_000;
/** How long an aborted action may take to come to a stop by itself. */
const ABORT_GRACE_MS = 10_000;
/** How long the outcome of an aborted action is looked for. */
const ABORT_PATIENCE_MS = 30_000;

/** What an executor is given besides the run. */
export interface ExecutionSignals {
  /** Shutdown, or the run is not ours any more. */
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
  readonly credentials: BackstageCredentials;
}

interface Work extends ExecutionSignals {
  readonly session: RunSession;
  readonly action: RunbookAction;
  readonly input: unknown;
}

/**
 * Takes a run from wherever it stands to its end: check, execute, verify. What
 * was begun and whose end nobody wrote down is never begun again before the
 * action has been asked whether it happened.
 */
export class RunExecutor {
  readonly #registry: ActionRegistry;
  readonly #vault: SecretVault;
  readonly #reconcileIntervalMs: number;
  readonly #reconcilePatienceMs: number;

  constructor(options: {
    registry: ActionRegistry;
    vault: SecretVault;
    reconcileIntervalMs: number;
    reconcilePatienceMs: number;
  }) {
    this.#registry = options.registry;
    this.#vault = options.vault;
    this.#reconcileIntervalMs = options.reconcileIntervalMs;
    this.#reconcilePatienceMs = options.reconcilePatienceMs;
  }

  async execute(session: RunSession, signals: ExecutionSignals): Promise<void> {
    const work = await this.#prepare(session, signals);
    if (!work) return;
    const state = session.stepState('execute');
    if (state === 'pending') {
      if (await this.#check(work)) await this.#act(work);
    } else if (state === 'running') {
      await this.#recover(work);
    } else {
      await this.#verify(work);
    }
  }

  async #prepare(
    session: RunSession,
    signals: ExecutionSignals,
  ): Promise<Work | undefined> {
    const { run, previewId } = session.record;
    try {
      const action = this.#registry.get(run.runbookId);
      const parameters = this.#vault.restore({
        action,
        parameters: run.parameters,
        previewId,
      });
      if (!parameters) {
        throw new Error(
          'Secret parameters are never stored, and the process that they were typed into is gone.',
        );
      }
      const input = action.schema.input.parse(parameters);
      return { ...signals, session, action, input };
    } catch (error) {
      const begun = session.stepState('execute') !== 'pending';
      await session.finish(begun ? 'outcome-unknown' : 'failed', {
        error: {
          message: toError(error).message,
          alreadyDone: begun
            ? 'The action had begun; whether it took effect is not known.'
            : 'Nothing.',
          nextStep: begun
            ? 'Look at the target itself, then make a new preview.'
            : 'Make a new preview and start again.',
        },
      });
      return undefined;
    }
  }

  /** Looks again, right before acting. @returns whether to go on */
  async #check(work: Work): Promise<boolean> {
    const { session, action, cancel, stop } = work;
    if (await this.#cancelledBefore(work)) return false;
    await session.begin('check', 'running');
    const failed = async (message: string) => {
      await session.finish('failed', {
        error: {
          step: 'check',
          message,
          alreadyDone: 'Nothing.',
          nextStep: 'Make a new preview to see how it is now.',
        },
      });
      return false;
    };
    try {
      const now = await withDeadline(
        {
          what: 'Looking at the target again',
          timeoutMs: CHECK_TIMEOUT_MS,
          signal: AbortSignal.any([stop, cancel]),
        },
        signal =>
          action.preview({
            input: work.input,
            signal,
            credentials: work.credentials,
          }),
      );
      const drift = describeDrift(session.record.fingerprint, now.fingerprint);
      if (drift.length > 0) {
        return await failed(
          `The target changed after the preview was made: ${drift.join('; ')}.`,
        );
      }
    } catch (error) {
      if (stop.aborted) return this.#stopped(work);
      if (await this.#cancelledBefore(work)) return false;
      return failed(
        `The target could not be looked at again: ${toError(error).message}`,
      );
    }
    await session.end('check');
    return !(await this.#cancelledBefore(work));
  }

  async #act(work: Work): Promise<void> {
    const { session, action, stop, cancel } = work;
    await session.begin('execute', 'running');
    const timeout = new AbortController();
    const timeoutMs = durationToMilliseconds(action.timeout);
    const timer = setTimeout(
      () =>
        timeout.abort(
          new RunInterruption(
            'timeout',
            `It took longer than the ${timeoutMs / 1000} s that it may take.`,
          ),
        ),
      timeoutMs,
    );
    const signal = AbortSignal.any([stop, cancel, timeout.signal]);
    let output: JsonObject;
    try {
      const done = await withGrace(
        action.execute(this.#context(work, signal)),
        signal,
      );
      output = jsonObjectSchema.parse(action.schema.output.parse(done));
    } catch (error) {
      clearTimeout(timer);
      await this.#afterFailure(work, signal, toError(error).message);
      return;
    }
    clearTimeout(timer);
    await session.end('execute', { output });
    await this.#verify(work);
  }

  /** The action failed or was aborted: the system is asked what is true. */
  async #afterFailure(
    work: Work,
    signal: AbortSignal,
    failure: string,
  ): Promise<void> {
    const { session } = work;
    const why = interruptionOf(signal);
    if (why === 'lease-lost') return;
    const reason: unknown = why ? signal.reason : undefined;
    const message = reason instanceof Error ? reason.message : failure;
    session.log.warn(`${message} Asking whether it took effect.`);
    const truth = await this.#reconcile(work, {
      patienceMs: why ? ABORT_PATIENCE_MS : this.#reconcilePatienceMs,
      // A process that is being shut down still asks once.
      signal: why === 'shutdown' ? new AbortController().signal : work.stop,
      once: why === 'shutdown',
    });
    if (!truth) return;
    const repeatable =
      truth.state !== 'not-done' || work.action.attributes.idempotent;
    if (why === 'shutdown' && repeatable) {
      if (truth.state === 'done') {
        await session.end('execute', { output: truth.output });
      }
      await session.release();
      return;
    }
    await this.#settle(work, truth, {
      message,
      state: why === 'cancel' ? 'cancelled' : 'failed',
    });
  }

  /** The process that executed it died: nothing is known but what it wrote. */
  async #recover(work: Work): Promise<void> {
    const { session, action } = work;
    session.log.warn(
      'The process that executed this run ended in the middle of it. Asking whether it took effect.',
    );
    const truth = await this.#reconcile(work, {
      patienceMs: this.#reconcilePatienceMs,
      signal: work.stop,
      once: false,
    });
    if (!truth) return;
    if (truth.state === 'not-done' && action.attributes.idempotent) {
      session.log.info(`${truth.reason} It may be repeated: starting over.`);
      if (await this.#check(work)) await this.#act(work);
      return;
    }
    const by = session.run.cancelRequestedBy;
    await this.#settle(work, truth, {
      message: 'The process that executed this run ended in the middle of it.',
      state: by ? 'cancelled' : 'failed',
    });
  }

  async #settle(
    work: Work,
    truth: Reconciliation<JsonObject>,
    failure: { message: string; state: 'failed' | 'cancelled' },
  ): Promise<void> {
    const { session } = work;
    if (truth.state === 'done') {
      session.log.info('It did take effect.');
      await session.end('execute', { output: truth.output });
      await this.#verify(work);
      return;
    }
    if (truth.state === 'not-done') {
      await session.finish(failure.state, {
        error: {
          step: 'execute',
          message: failure.message,
          alreadyDone: `It did not take effect: ${truth.reason}`,
          nextStep: 'Make a new preview to try again.',
        },
      });
      return;
    }
    await session.finish('outcome-unknown', {
      error: {
        step: 'execute',
        message: failure.message,
        alreadyDone: `Whether it took effect is not known: ${truth.reason}`,
        nextStep: `Look at ${session.run.target.kind} ${session.run.target.name} itself before trying again.`,
      },
    });
  }

  async #verify(work: Work): Promise<void> {
    const { session, action, stop } = work;
    await session.begin('verify', 'verifying');
    let verification: Verification;
    try {
      verification = await withDeadline(
        {
          what: 'Reading the effect',
          timeoutMs: VERIFY_TIMEOUT_MS,
          signal: stop,
        },
        signal =>
          action.verify({
            ...this.#context(work, signal),
            output: action.schema.output.parse(session.run.output),
          }),
      );
    } catch (error) {
      if (stop.aborted) {
        await this.#stopped(work);
        return;
      }
      verification = {
        outcome: 'inconclusive',
        summary: `It was executed, but its effect could not be read again: ${
          toError(error).message
        }`,
        metrics: [],
      };
    }
    if (verification.outcome === 'not-verified') {
      await session.finish('failed', {
        verification,
        error: {
          step: 'verify',
          message: verification.summary,
          alreadyDone: 'It was executed.',
          nextStep: 'Look at the target, then make a new preview.',
        },
      });
      return;
    }
    await session.finish('succeeded', { verification });
  }

  /** @returns undefined when the run is not ours to end any more */
  async #reconcile(
    work: Work,
    options: { patienceMs: number; signal: AbortSignal; once: boolean },
  ): Promise<Reconciliation<JsonObject> | undefined> {
    try {
      return await askReconcile({
        action: work.action,
        context: this.#context(work, options.signal),
        intervalMs: this.#reconcileIntervalMs,
        patienceMs: options.once ? 0 : options.patienceMs,
        signal: options.signal,
      });
    } catch (error) {
      if (!work.stop.aborted) throw error;
      await this.#stopped(work);
      return undefined;
    }
  }

  /** On shutdown the run is given back; when it was lost, there is nothing to give. */
  async #stopped(work: Work): Promise<false> {
    if (interruptionOf(work.stop) === 'shutdown') await work.session.release();
    return false;
  }

  async #cancelledBefore({ session, cancel }: Work): Promise<boolean> {
    const by = session.run.cancelRequestedBy;
    if (!cancel.aborted && !by) return false;
    await session.finish('cancelled', {
      error: {
        message: 'It was cancelled before anything was changed.',
        alreadyDone: 'Nothing.',
      },
    });
    return true;
  }

  #context(work: Work, signal: AbortSignal): RunbookRunContext<unknown> {
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
}

/** Waits for a promise, and after an abort only a little longer. */
async function withGrace<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const grace = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => grace.abort(signal.reason), ABORT_GRACE_MS);
  };
  if (signal.aborted) begin();
  signal.addEventListener('abort', begin, { once: true });
  try {
    return await Promise.race([work, whenAborted(grace.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', begin);
  }
}
