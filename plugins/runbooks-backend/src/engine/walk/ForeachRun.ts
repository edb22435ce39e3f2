import type { JsonValue } from '@backstage/types';
import type { StepRecord } from '../../store/RunStore';
import { stepKey } from '../plannedSteps';
import { mergeChanges } from '../SessionChange';
import { ActionRun } from './ActionRun';
import { interruptedHere } from './interrupted';
import { itemLabel } from './itemLabel';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import type { Walk } from './Walk';
import type { ForeachStep } from './walkForeach';

/** Works through a list, a few entries at a time. */
export class ForeachRun {
  readonly #walk: Walk;
  readonly #step: ForeachStep;
  readonly #items: readonly JsonValue[];
  /** What keeps further entries from being begun. */
  #held: StepOutcome | undefined;

  constructor(walk: Walk, step: ForeachStep, items: readonly JsonValue[]) {
    this.#walk = walk;
    this.#step = step;
    this.#items = items;
  }

  async run(): Promise<StepOutcome> {
    const open = this.#items
      .map((_item, index) => index)
      .filter(index => this.#recordOf(index).state === undefined);
    // Those whose process died come first: what is true of them has to be known.
    const queue = [
      ...open.filter(index => this.#isBegun(index)),
      ...open.filter(index => !this.#isBegun(index)),
    ];
    const lanes = Math.min(this.#step.foreach.concurrency, queue.length);
    const ended = await Promise.allSettled(
      Array.from({ length: lanes }, () => this.#work(queue)),
    );
    for (const lane of ended) {
      // All have come to a stop by now.
      if (lane.status === 'rejected') throw lane.reason;
    }
    return this.#outcome();
  }

  async #work(queue: number[]): Promise<void> {
    try {
      for (;;) {
        const index = queue.shift();
        if (index === undefined) return;
        // What was begun is seen to its end, whatever holds back the others.
        if (this.#isBegun(index) || this.#mayBegin()) await this.#item(index);
      }
    } catch (error) {
      queue.length = 0;
      throw error;
    }
  }

  #mayBegin(): boolean {
    const { stop, cancel } = this.#walk;
    return (
      !this.#held && !stop.aborted && !cancel.aborted && !this.#tooManyFailed()
    );
  }

  async #item(index: number): Promise<void> {
    const { session } = this.#walk;
    const key = stepKey(this.#step.id, index);
    const value = this.#items[index];
    const outcome = await new ActionRun(this.#walk, {
      key,
      step: this.#step,
      item: { index, value, label: itemLabel(value, index) },
    }).run();
    if (outcome.kind === 'failed') {
      const { state, error } = outcome.verdict;
      // One that was cancelled before it began stays as it is, to be skipped.
      if (state === 'cancelled' && !this.#isBegun(index)) return;
      await session.commit(
        mergeChanges(outcome.change, { records: [{ key, state, error }] }),
      );
    } else if (outcome.kind === 'waiting') {
      // The first to wait is waited for; the others ask again after that.
      if (!this.#held || this.#held.kind !== 'waiting') this.#held = outcome;
      await session.commit(outcome.change);
    } else if (outcome.kind === 'over') {
      this.#held ??= outcome;
    }
  }

  #outcome(): StepOutcome {
    const { stop } = this.#walk;
    if (this.#held) return this.#held;
    const records = this.#items.map((_item, index) => this.#recordOf(index));
    const of = (state: StepRecord['state']) =>
      records.filter(record => record.state === state);
    const lost = of('outcome-unknown')[0] ?? of('cancelled')[0];
    const done = of('succeeded').length;
    const alreadyDone = `${done} of ${records.length} entries are done.`;
    if (lost?.error) {
      const state =
        lost.state === 'cancelled' ? 'cancelled' : 'outcome-unknown';
      return {
        kind: 'failed',
        verdict: { state, error: this.#told(lost, alreadyDone) },
        change: {},
      };
    }
    const failures = of('failed');
    if (this.#tooManyFailed()) {
      return failed(this.#told(failures[0], alreadyDone), {});
    }
    const interrupted =
      done + failures.length < records.length || stop.aborted
        ? interruptedHere(this.#walk)
        : undefined;
    if (interrupted) return interrupted;
    const message =
      failures.length > 0
        ? `${alreadyDone} ${failures.length} failed, which may be.`
        : alreadyDone;
    this.#walk.session.note({
      records: [{ key: this.#step.id, state: 'succeeded' }],
      says: [{ message: `${this.#step.title}: ${message}` }],
    });
    return SUCCEEDED;
  }

  #told(record: StepRecord | undefined, alreadyDone: string) {
    const { error } = record ?? {};
    return {
      ...error,
      step: error?.step,
      message: error?.message ?? 'An entry of its list failed.',
      alreadyDone: [alreadyDone, error?.alreadyDone].filter(Boolean).join(' '),
    };
  }

  #tooManyFailed(): boolean {
    const total = this.#items.length;
    const failures = this.#items.filter(
      (_item, index) => this.#recordOf(index).state === 'failed',
    ).length;
    if (failures === 0) return false;
    return (
      failures === total ||
      failures / total > this.#step.foreach.stopOnErrorRate
    );
  }

  #isBegun(index: number): boolean {
    const { session, plan } = this.#walk;
    const id = phaseId(plan, stepKey(this.#step.id, index), 'execute');
    const state = session.step(id)?.state;
    return state !== undefined && state !== 'pending' && state !== 'skipped';
  }

  #recordOf(index: number): StepRecord {
    return this.#walk.session.stepRecord(stepKey(this.#step.id, index));
  }
}
