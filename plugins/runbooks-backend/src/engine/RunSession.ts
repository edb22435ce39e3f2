import type { JsonObject } from '@backstage/types';
import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import type {
  NewRunEvent,
  RunAdvance,
  RunChange,
  RunLease,
  RunRecord,
  RunStore,
  StepRecord,
} from '../store/RunStore';
import { BufferedRunLog } from './BufferedRunLog';
import { limitText, MAX_MESSAGE_LENGTH } from './limits';
import { applySessionChange, type SessionChange } from './SessionChange';
import type { StoreRetries } from './StoreRetries';

/** Who is named in the audit log for what the engine does by itself. */
export const ENGINE_ACTOR = 'plugin:runbooks';

/** What is only noted is written after so long at the latest. */
const FLUSH_AFTER_MS = 50;

interface Unwritten {
  change: RunChange;
  readonly keys: Set<string>;
  readonly events: NewRunEvent[];
  readonly audit: { event: string; detail: JsonObject }[];
}

/**
 * A run as this process holds it. One write at a time goes to the store; what
 * gathers meanwhile, from whichever step, goes with the next.
 */
export class RunSession {
  readonly log: BufferedRunLog;
  readonly lease: RunLease;
  readonly #store: RunStore;
  readonly #retries: StoreRetries;
  readonly #onChange: (run: Run) => void;
  readonly #onLog: () => void;
  readonly #records: Map<string, StepRecord>;
  #record: RunRecord;
  #unwritten = nothing();
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #broken: { readonly error: unknown } | undefined;

  constructor(options: {
    store: RunStore;
    retries: StoreRetries;
    lease: RunLease;
    record: RunRecord;
    stepRecords: readonly StepRecord[];
    maxEvents: number;
    onChange: (run: Run) => void;
    onLog: () => void;
  }) {
    this.lease = options.lease;
    this.#store = options.store;
    this.#retries = options.retries;
    this.#record = options.record;
    this.#records = new Map(
      options.stepRecords.map(record => [record.key, record]),
    );
    this.#onChange = options.onChange;
    this.#onLog = options.onLog;
    this.log = new BufferedRunLog({
      onLine: () => this.#flushSoon(),
      maxEvents: options.maxEvents,
      kept: options.record.eventCount,
    });
  }

  get record(): RunRecord {
    return this.#record;
  }

  get run(): Run {
    return this.#record.run;
  }

  /** What is kept of a step; an empty one when nothing is. */
  stepRecord(key: string): StepRecord {
    return this.#records.get(key) ?? { key };
  }

  get stepRecords(): readonly StepRecord[] {
    return [...this.#records.values()];
  }

  step(id: string): RunStep | undefined {
    return this.run.steps.find(step => step.id === id);
  }

  /**
   * Notes a change that may be found out again after a crash. It is written
   * with the next that is committed, or a moment later.
   */
  note(change: SessionChange): void {
    this.#apply(change);
    this.#flushSoon();
  }

  /**
   * Writes a change, with all that was noted before, before it returns.
   *
   * @throws LeaseLostError; what the store throws when it is gone for too long
   */
  async commit(change: SessionChange): Promise<void> {
    this.#apply(change);
    await this.flush();
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    this.#next ??= this.#writing.then(async () => {
      this.#next = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      await this.#write();
    });
    // The one after waits for this one, however it ends.
    this.#writing = this.#next.catch(() => {});
    await this.#next;
  }

  /** @throws ConflictError naming who holds one of them */
  async takeLocks(keys: readonly string[]): Promise<void> {
    const { lease } = this;
    await this.#store.takeLocks({ lease, keys, holder: this.run.startedBy });
  }

  /** Lets the run be taken again, when what it waits for has come about meanwhile. */
  async wake(): Promise<void> {
    await this.#retries.write(() =>
      this.#store.wake({ runId: this.lease.runId }),
    );
  }

  /** Gives the run back unfinished, for any process to go on with. */
  async release(): Promise<void> {
    await this.flush();
    await this.#retries.write(() => this.#store.release(this.lease));
  }

  #apply(change: SessionChange): void {
    const { run, records, columns } = applySessionChange(this.run, change);
    this.#record = { ...this.#record, run };
    this.#unwritten.change = { ...this.#unwritten.change, ...columns };
    for (const patch of records) {
      this.#records.set(patch.key, {
        ...this.stepRecord(patch.key),
        ...patch,
      });
      this.#unwritten.keys.add(patch.key);
    }
    const at = new Date().toISOString();
    for (const { message, level = 'info' } of change.says ?? []) {
      this.#unwritten.events.push({
        type: 'state',
        level,
        message: limitText(message, MAX_MESSAGE_LENGTH),
        at,
      });
    }
    this.#unwritten.audit.push(...(change.audit ?? []));
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => {
      // A write that fails for good is told to the next one that is committed.
      this.flush().catch(error => {
        this.#broken = { error };
      });
    }, FLUSH_AFTER_MS);
  }

  async #write(): Promise<void> {
    if (this.#broken) throw this.#broken.error;
    const { change, keys, events, audit } = this.#unwritten;
    this.#unwritten = nothing();
    const lines = this.log.take();
    const stepRecords = [...keys].map(key => this.stepRecord(key));
    const states = Object.keys(change).length + stepRecords.length;
    if (states + lines.length + events.length + audit.length === 0) return;
    this.log.wroteBesides(events.length);
    try {
      const written = await this.#advance({
        change: { ...change, stepRecords },
        events: [...lines, ...events],
        audit: audit.map(entry => ({
          ...entry,
          actor: ENGINE_ACTOR,
          runId: this.run.id,
        })),
      });
      this.#keepWritten(written);
    } catch (error) {
      this.#broken = { error };
      throw error;
    }
    if (states > 0) this.#onChange(this.run);
    else this.#onLog();
  }

  async #advance(
    options: Omit<Parameters<RunStore['advance']>[0], 'lease'> & {
      readonly events: readonly NewRunEvent[];
    },
  ): Promise<RunAdvance> {
    const count = this.#record.eventCount + options.events.length;
    return this.#retries.write(async attempt => {
      if (attempt > 1 && options.events.length > 0) {
        // Its answer may be all that was lost.
        const now = await this.#store.getRun(this.lease.runId);
        const mine = now?.fencingToken === this.lease.fencingToken;
        if (now && mine && now.eventCount >= count) {
          const { cancelRequestedBy } = now.run;
          return { eventCount: now.eventCount, cancelRequestedBy };
        }
      }
      return this.#store.advance({ lease: this.lease, ...options });
    });
  }

  /** What others may have written besides is taken over; the rest stands here already, and may be newer. */
  #keepWritten({ eventCount, cancelRequestedBy }: RunAdvance): void {
    this.#record = {
      ...this.#record,
      eventCount,
      run: { ...this.run, cancelRequestedBy },
    };
  }
}

function nothing(): Unwritten {
  return { change: {}, keys: new Set(), events: [], audit: [] };
}
