import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ActionStep } from '@lakehouse-ops/plugin-runbooks-common';
import type { Settlement } from '../ExecutionSettler';
import { mergeChanges } from '../SessionChange';
import { type Acted, actOn } from './actOn';
import {
  type ActionInstance,
  type PreparedAction,
  prepareAction,
} from './ActionInstance';
import { checkAgain } from './checkAgain';
import { decideOutcome } from './decideOutcome';
import { keptOutput } from './keptOutput';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { proveEffect } from './proveEffect';
import { phaseId } from './RunPlan';
import { failed, OVER, type StepOutcome } from './StepOutcome';
import type { Walk } from './Walk';

/** Where an action is gone on with, or what came of it. */
export type ActionNext = 'check' | 'act' | 'verify' | StepOutcome;

/** An action in the middle of a walk. */
export interface ActionAtHand {
  readonly walk: Walk;
  readonly instance: ActionInstance & { readonly step: ActionStep };
  readonly ids: {
    readonly check: string;
    readonly execute: string;
    readonly verify: string;
  };
}

/**
 * Takes an action from wherever it stands to its end: check, execute, verify.
 * What was begun and whose end nobody wrote down is never begun again before
 * the action has been asked whether it happened.
 */
export class ActionRun {
  readonly #at: ActionAtHand;

  constructor(walk: Walk, instance: ActionAtHand['instance']) {
    const { plan } = walk;
    this.#at = {
      walk,
      instance,
      ids: {
        check: phaseId(plan, instance.key, 'check'),
        execute: phaseId(plan, instance.key, 'execute'),
        verify: phaseId(plan, instance.key, 'verify'),
      },
    };
  }

  /** @throws LeaseLostError, and what the store throws: then the next holder goes on */
  async run(): Promise<StepOutcome> {
    const { walk, instance } = this.#at;
    let prepared: PreparedAction;
    try {
      prepared = await prepareAction(walk, instance);
    } catch (error) {
      if (walk.stop.aborted) return OVER;
      return this.#unprepared(toError(error).message);
    }
    let next = await this.#resume(prepared);
    while (typeof next === 'string') next = await this.#goOn(next, prepared);
    return next;
  }

  async #goOn(
    next: 'check' | 'act' | 'verify',
    prepared: PreparedAction,
  ): Promise<ActionNext> {
    if (next === 'check') return checkAgain(this.#at, prepared);
    if (next === 'verify') return proveEffect(this.#at, prepared);
    return this.#settle(await actOn(this.#at, prepared), prepared);
  }

  async #resume(prepared: PreparedAction): Promise<ActionNext> {
    const { walk, ids } = this.#at;
    const state = walk.session.step(ids.execute)?.state;
    if (state === 'running') {
      return this.#settle(
        await walk.settler.afterCrash(prepared.work),
        prepared,
      );
    }
    if (state === 'waiting') return decideOutcome(this.#at, prepared.action);
    return state === 'succeeded' ? 'verify' : 'check';
  }

  async #settle(
    settlement: Acted,
    prepared: PreparedAction,
  ): Promise<ActionNext> {
    switch (settlement.kind) {
      case 'done':
        prepared.work.log.info('It did take effect.');
        return this.#executed(settlement.output);
      case 'executed':
        return this.#executed(settlement.output);
      case 'unfinished':
        return this.#unfinished(settlement, prepared);
      case 'unknown':
        return this.#unknown(settlement, prepared);
      default:
        return settlement;
    }
  }

  async #executed(output: JsonObject): Promise<ActionNext> {
    const { walk, ids, instance } = this.#at;
    const { session, plan } = walk;
    await session.commit(
      mergeChanges(
        phaseEnded(walk, ids.execute),
        plan.single
          ? { run: { output } }
          : {
              records: [
                { key: instance.key, output: keptOutput(walk, output) },
              ],
            },
        phaseBegun(walk, ids.verify),
      ),
    );
    return 'verify';
  }

  async #unfinished(
    settlement: Extract<Settlement, { kind: 'unfinished' }>,
    { action, work }: PreparedAction,
  ): Promise<ActionNext> {
    const { walk, ids, instance } = this.#at;
    const { session } = walk;
    const { key, step } = instance;
    const { message, truth, state, partly, crashed } = settlement;
    const { attempt = 1 } = session.stepRecord(key);
    const left = crashed || attempt < (step.retry?.attempts ?? 1);
    if (!action.attributes.idempotent || state === 'cancelled' || !left) {
      return this.#failed({ state, message, truth });
    }
    work.log.info(`${truth} It may be repeated: starting over.`);
    await session.commit({
      steps: [
        {
          id: ids.execute,
          patch: {
            state: 'pending',
            attempt: attempt + 1,
            message: `Attempt ${attempt}: ${message}`,
          },
        },
      ],
      records: [{ key, attempt: attempt + 1, partlyDone: partly }],
    });
    if (!crashed && step.retry) await this.#pauseFor(step.retry.delayMs);
    return 'check';
  }

  async #pauseFor(delayMs: number): Promise<void> {
    const { stop, cancel } = this.#at.walk;
    const signal = AbortSignal.any([stop, cancel]);
    // What follows looks at the signals by itself.
    await sleep(delayMs, undefined, { signal }).catch(() => {});
  }

  #failed(told: {
    state: 'failed' | 'cancelled' | 'outcome-unknown';
    message: string;
    truth: string;
    nextStep?: string;
  }): StepOutcome {
    const { walk, ids, instance } = this.#at;
    const { state, message, truth } = told;
    return {
      kind: 'failed',
      verdict: {
        state,
        error: {
          step: ids.execute,
          message,
          alreadyDone: truth,
          nextStep: told.nextStep ?? 'Make a new preview to try again.',
        },
      },
      change: mergeChanges(phaseEnded(walk, ids.execute, { state, message }), {
        records: [{ key: instance.key, facts: truth }],
      }),
    };
  }

  /** Nothing can tell: of a runbook a person is asked, a single action ends so. */
  async #unknown(
    { message, truth }: Extract<Settlement, { kind: 'unknown' }>,
    prepared?: PreparedAction,
  ): Promise<ActionNext> {
    const { walk } = this.#at;
    const target = prepared?.target ?? walk.session.run.target;
    if (walk.plan.single) {
      return this.#failed({
        state: 'outcome-unknown',
        message,
        truth,
        nextStep: `Look at ${target.kind} ${target.name} itself before trying again.`,
      });
    }
    return decideOutcome(this.#at, prepared?.action, `${message} ${truth}`);
  }

  /** It can't be called: its action is gone, or its input can't be worked out. */
  async #unprepared(message: string): Promise<StepOutcome> {
    const { walk, ids, instance } = this.#at;
    const state = walk.session.step(ids.execute)?.state;
    if (state === 'running' || state === 'waiting') {
      const next =
        state === 'waiting'
          ? await decideOutcome(this.#at, undefined)
          : await this.#unknown({
              kind: 'unknown',
              message,
              truth:
                'The action had begun; whether it took effect is not known.',
            });
      if (typeof next !== 'string') return next;
    }
    const id = state === 'succeeded' ? ids.verify : ids.check;
    return failed(
      {
        step: id,
        message,
        alreadyDone: state === 'succeeded' ? 'It was executed.' : 'Nothing.',
        nextStep: 'Make a new preview and start again.',
      },
      mergeChanges(phaseEnded(walk, id, { state: 'failed', message }), {
        records: [{ key: instance.key }],
      }),
    );
  }
}
