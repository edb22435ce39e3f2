import { toError } from '@backstage/errors';
import { durationToMilliseconds, type JsonObject } from '@backstage/types';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import { jsonObjectSchema } from '../json/jsonSchemas';
import { type ActionRegistry, parametersSchema } from './ActionRegistry';
import { describeDrift } from './describeDrift';
import { ExecutionSettler, type NextStep } from './ExecutionSettler';
import {
  actionContext,
  type ExecutionSignals,
  type ExecutionWork,
  letGo,
} from './ExecutionWork';
import { RunInterruption } from './RunInterruption';
import type { RunSession } from './RunSession';
import type { SecretVault } from './SecretVault';
import { withDeadline } from './withDeadline';
import { withGrace } from './withGrace';

const CHECK_TIMEOUT_MS = 60_000;
const VERIFY_TIMEOUT_MS = 120_000;
/** A run that as many processes took and none could end is not tried again. */
const MAX_ATTEMPTS = 50;
/** How long an aborted action may take to come to a stop by itself. */
const ABORT_GRACE_MS = 10_000;

/**
 * Takes a run from wherever it stands to its end: check, execute, verify. What
 * was begun and whose end nobody wrote down is never begun again before the
 * action has been asked whether it happened.
 */
export class RunExecutor {
  readonly #registry: ActionRegistry;
  readonly #vault: SecretVault;
  readonly #settler: ExecutionSettler;

  constructor(options: {
    registry: ActionRegistry;
    vault: SecretVault;
    reconcileIntervalMs: number;
    reconcilePatienceMs: number;
  }) {
    this.#registry = options.registry;
    this.#vault = options.vault;
    this.#settler = new ExecutionSettler({
      intervalMs: options.reconcileIntervalMs,
      patienceMs: options.reconcilePatienceMs,
    });
  }

  /** @throws LeaseLostError, and what the store throws: then the next holder goes on */
  async execute(session: RunSession, signals: ExecutionSignals): Promise<void> {
    const work = await this.#prepare(session, signals);
    if (!work) return;
    let next = await this.#resume(work);
    while (next === 'repeat') next = await this.#begin(work);
    if (next === 'verify') await this.#verify(work);
  }

  async #resume(work: ExecutionWork): Promise<NextStep> {
    const state = work.session.stepState('execute');
    if (state === 'pending') return this.#begin(work);
    if (state === 'running') return this.#settler.afterCrash(work);
    return 'verify';
  }

  async #begin(work: ExecutionWork): Promise<NextStep> {
    return (await this.#check(work)) ? this.#act(work) : 'over';
  }

  async #prepare(
    session: RunSession,
    signals: ExecutionSignals,
  ): Promise<ExecutionWork | undefined> {
    const { run, previewId, fencingToken } = session.record;
    try {
      if (fencingToken > MAX_ATTEMPTS) {
        throw new Error(
          `${MAX_ATTEMPTS} attempts to go on with this run broke off. The backend's log tells why.`,
        );
      }
      const action = this.#registry.get(run.runbookId);
      const parameters = this.#vault.restore({
        schema: parametersSchema(action),
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
  async #check(work: ExecutionWork): Promise<boolean> {
    const { session, action, cancel, stop } = work;
    if (await this.#cancelledBefore(work)) return false;
    await session.begin('check', 'running');
    let drift: string[];
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
      drift = describeDrift(session.record.fingerprint, now.fingerprint);
    } catch (error) {
      if (stop.aborted) {
        await letGo(work);
      } else if (!(await this.#cancelledBefore(work))) {
        await failCheck(
          session,
          `The target could not be looked at again: ${toError(error).message}`,
        );
      }
      return false;
    }
    if (drift.length > 0) {
      await failCheck(
        session,
        `The target changed after the preview was made: ${drift.join('; ')}.`,
      );
      return false;
    }
    await session.end('check');
    return !(await this.#cancelledBefore(work));
  }

  async #act(work: ExecutionWork): Promise<NextStep> {
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
        action.execute(actionContext(work, signal)),
        signal,
        ABORT_GRACE_MS,
      );
      output = jsonObjectSchema.parse(action.schema.output.parse(done));
    } catch (error) {
      clearTimeout(timer);
      return this.#settler.afterFailure(work, signal, toError(error).message);
    }
    clearTimeout(timer);
    await session.end('execute', { output });
    return 'verify';
  }

  async #verify(work: ExecutionWork): Promise<void> {
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
            ...actionContext(work, signal),
            output: action.schema.output.parse(session.run.output),
          }),
      );
    } catch (error) {
      if (stop.aborted) {
        await letGo(work);
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
    if (verification.outcome !== 'not-verified') {
      await session.finish('succeeded', { verification });
      return;
    }
    await session.finish('failed', {
      verification,
      error: {
        step: 'verify',
        message: verification.summary,
        alreadyDone: 'It was executed.',
        nextStep: 'Look at the target, then make a new preview.',
      },
    });
  }

  async #cancelledBefore({ session, cancel }: ExecutionWork): Promise<boolean> {
    if (!cancel.aborted && !session.run.cancelRequestedBy) return false;
    await session.finish('cancelled', {
      error: {
        message: 'It was cancelled before anything was changed.',
        alreadyDone: 'Nothing.',
      },
    });
    return true;
  }
}

async function failCheck(session: RunSession, message: string): Promise<void> {
  await session.finish('failed', {
    error: {
      step: 'check',
      message,
      alreadyDone: 'Nothing.',
      nextStep: 'Make a new preview to see how it is now.',
    },
  });
}
