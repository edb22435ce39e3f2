import type {
  RunbookSection,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import { SECTIONS } from '../initialSteps';
import { limitText, MAX_MESSAGE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import { finishRun } from './finishRun';
import { interruptedHere } from './interrupted';
import type { StepOutcome } from './StepOutcome';
import { describeWaiting } from './describeWaiting';
import { personsCredentials, type Walk } from './Walk';
import { walkStartApproval } from './walkApproval';
import { walkStep } from './walkStep';

/** Never aborted: what is always to be done is not cancelled. */
const NEVER = new AbortController().signal;

/**
 * Walks a run from wherever it stands: its steps, what is to be done when one
 * failed, and what is to be done always. It ends with the run over, or waiting,
 * or given back.
 */
export class RunWalk {
  readonly #walk: Walk;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** @throws LeaseLostError, and what the store throws: then the next holder goes on */
  async go(): Promise<void> {
    const start = await this.#start();
    if (start.kind === 'failed') {
      // Nothing was begun: there is nothing to put in order either.
      await finishRun(this.#walk, start);
      return;
    }
    if (start.kind !== 'succeeded') {
      await this.#leave(start);
      return;
    }
    for (const section of SECTIONS) {
      const left = await this.#section(section);
      if (left) {
        await this.#leave(left);
        return;
      }
    }
    await finishRun(this.#walk);
  }

  async #start(): Promise<StepOutcome> {
    const { session } = this.#walk;
    if (session.run.startedAt !== undefined) return { kind: 'succeeded' };
    const interrupted = interruptedHere(this.#walk);
    if (interrupted) return interrupted;
    const [wanted] = session.record.wantedLocks ?? [];
    if (wanted !== undefined) {
      const message = `Others worked on ${wanted} for longer than it may wait for them.`;
      return {
        kind: 'failed',
        verdict: {
          state: 'failed',
          error: { message, alreadyDone: 'Nothing.' },
        },
        change: {},
      };
    }
    return walkStartApproval(this.#walk);
  }

  /** @returns what keeps the walk from going on */
  async #section(
    section: RunbookSection,
  ): Promise<
    Exclude<StepOutcome, { kind: 'succeeded' | 'failed' }> | undefined
  > {
    if (!this.#isDue(section)) return undefined;
    const always = section === 'finally';
    const walk = always ? { ...this.#walk, cancel: NEVER } : this.#walk;
    for (const step of walk.plan.sections[section]) {
      const outcome = await walkStep(walk, step, section);
      if (outcome.kind === 'succeeded') continue;
      if (outcome.kind !== 'failed') return outcome;
      await this.#failed(step.id, outcome);
      if (!always) return undefined;
    }
    return undefined;
  }

  #isDue(section: RunbookSection): boolean {
    const { session } = this.#walk;
    const { verdict } = session.stepRecord('');
    if (section === 'steps') return !verdict;
    // Cancelled or paused before anything was begun.
    if (session.run.startedAt === undefined) return false;
    return section === 'finally' || verdict?.state === 'failed';
  }

  /** The first thing that goes wrong is what the run ends with. */
  async #failed(
    key: string,
    { verdict, change }: Extract<StepOutcome, { kind: 'failed' }>,
  ): Promise<void> {
    const { session, plan } = this.#walk;
    const first = session.stepRecord('').verdict;
    const kept = mergeChanges(change, {
      records: [
        ...(plan.single ? [] : [{ key, ...verdict }]),
        ...(first ? [] : [{ key: '', verdict }]),
      ],
    });
    // Where nothing else is to be done, the run ends in the same write.
    session.note(kept);
    if (first) session.log.error(`Also: ${verdict.error.message}`);
  }

  async #leave(
    outcome: Exclude<StepOutcome, { kind: 'succeeded' | 'failed' }>,
  ): Promise<void> {
    const { session } = this.#walk;
    if (outcome.kind === 'over') {
      await session.release();
      return;
    }
    const { waitingFor, change } = outcome;
    await session.commit(
      mergeChanges(change, {
        run: { state: 'waiting', waitingFor },
        records: [{ key: '', settledToken: session.record.fencingToken }],
        says: [
          {
            message: limitText(describeWaiting(waitingFor), MAX_MESSAGE_LENGTH),
          },
        ],
        audit: [
          { event: 'run-waiting', detail: { waitingFor: waitingFor.kind } },
        ],
      }),
    );
    if (await this.#cameMeanwhile(waitingFor)) await session.wake();
  }

  /** What came in the moment before the run was seen to wait, and woke nobody. */
  async #cameMeanwhile({ kind }: RunWaiting): Promise<boolean> {
    const { session, ports, retries, stop } = this.#walk;
    if (session.run.cancelRequestedBy) return true;
    if (kind === 'person') {
      return (await personsCredentials(this.#walk)) !== undefined;
    }
    if (kind !== 'pause') return false;
    const pause = await retries.read(
      () => ports.pauses.current(session.run.runbookId),
      stop,
    );
    return !pause;
  }
}
