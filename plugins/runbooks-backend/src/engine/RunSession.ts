import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type {
  RunChange,
  RunLease,
  RunRecord,
  RunStore,
} from '../store/RunStore';
import type { BufferedRunLog } from './BufferedRunLog';
import { limitText, MAX_MESSAGE_LENGTH, MAX_NOTE_LENGTH } from './limits';

/** Steps that each run of one action has. */
export type StepId = 'check' | 'execute' | 'verify';

/** Who is named in the audit log for what the engine does by itself. */
export const ENGINE_ACTOR = 'plugin:runbooks';

/** A run as this process holds it: each change of it is written before it counts. */
export class RunSession {
  readonly log: BufferedRunLog;
  readonly #store: RunStore;
  readonly #lease: RunLease;
  readonly #onChange: (run: Run) => void;
  #record: RunRecord;

  constructor(options: {
    store: RunStore;
    lease: RunLease;
    record: RunRecord;
    log: BufferedRunLog;
    onChange: (run: Run) => void;
  }) {
    this.#store = options.store;
    this.#lease = options.lease;
    this.#record = options.record;
    this.log = options.log;
    this.#onChange = options.onChange;
  }

  get record(): RunRecord {
    return this.#record;
  }

  get run(): Run {
    return this.#record.run;
  }

  stepState(id: StepId): RunStep['state'] {
    return this.run.steps.find(step => step.id === id)?.state ?? 'pending';
  }

  /** Commits the intent to do a step, before anything of it is done. */
  async begin(id: StepId, state: 'running' | 'verifying'): Promise<void> {
    const at = new Date().toISOString();
    await this.#advance({
      change: {
        state,
        startedAt: this.run.startedAt ?? at,
        steps: this.#withStep(id, { state: 'running', startedAt: at }),
      },
      message: `${this.#titleOf(id)}: begun`,
      audit: this.#audit('step-begun', { step: id }),
    });
  }

  /** Commits that a step has ended well. */
  async end(id: StepId, change: RunChange = {}): Promise<void> {
    await this.#advance({
      change: {
        ...change,
        steps: this.#withStep(id, {
          state: 'succeeded',
          endedAt: new Date().toISOString(),
        }),
      },
      message: `${this.#titleOf(id)}: done`,
      audit: this.#audit('step-ended', { step: id, outcome: 'succeeded' }),
    });
  }

  /** Commits a note for whoever goes on with the run. */
  async remember(note: JsonObject): Promise<void> {
    const memory = { ...this.#record.memory, ...note };
    if (JSON.stringify(memory).length > MAX_NOTE_LENGTH) {
      throw new InputError(
        `An action may remember at most ${MAX_NOTE_LENGTH} characters about a run`,
      );
    }
    const record = await this.#store.advance({
      lease: this.#lease,
      change: { stepRecords: [{ key: '', memory }] },
    });
    this.#record = { ...record, memory };
  }

  /** Commits how the run ended. The step at hand ends with it, later ones are skipped. */
  async finish(
    state: 'succeeded' | 'failed' | 'cancelled' | 'outcome-unknown',
    change: Pick<RunChange, 'error' | 'verification'> = {},
  ): Promise<void> {
    const at = new Date().toISOString();
    const steps = this.run.steps.map((step): RunStep => {
      if (step.state === 'running') return { ...step, state, endedAt: at };
      return step.state === 'pending' ? { ...step, state: 'skipped' } : step;
    });
    const error = change.error && {
      ...change.error,
      message: limitText(change.error.message, MAX_MESSAGE_LENGTH),
    };
    const said = error?.message ?? change.verification?.summary ?? '';
    await this.#advance({
      change: { ...change, error, state, steps, endedAt: at },
      message: [state.replace('-', ' '), said].filter(Boolean).join(': '),
      level: state === 'succeeded' ? 'info' : 'error',
      audit: this.#audit('run-ended', {
        state,
        ...(error ? { message: error.message } : {}),
        ...(change.verification
          ? { verification: change.verification.outcome }
          : {}),
      }),
    });
  }

  /** Gives the run back unfinished, for any process to go on with. */
  async release(): Promise<void> {
    await this.log.flush();
    await this.#store.release(this.#lease);
  }

  async #advance(options: {
    change: RunChange;
    message: string;
    level?: 'info' | 'error';
    audit: AuditRecord;
  }): Promise<void> {
    await this.log.flush();
    const { memory } = this.#record;
    const record = await this.#store.advance({
      lease: this.#lease,
      change: options.change,
      events: [
        {
          type: 'state',
          level: options.level ?? 'info',
          message: limitText(options.message, MAX_MESSAGE_LENGTH),
          at: new Date().toISOString(),
        },
      ],
      audit: [options.audit],
    });
    this.#record = { ...record, memory };
    this.#onChange(this.run);
  }

  #withStep(id: StepId, change: Partial<RunStep>): RunStep[] {
    return this.run.steps.map(step =>
      step.id === id ? { ...step, ...change } : step,
    );
  }

  #titleOf(id: StepId): string {
    return this.run.steps.find(step => step.id === id)?.title ?? id;
  }

  #audit(event: string, detail: JsonObject): AuditRecord {
    return { actor: ENGINE_ACTOR, event, runId: this.run.id, detail };
  }
}
