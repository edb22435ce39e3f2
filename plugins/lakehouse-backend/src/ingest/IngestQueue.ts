import { ServiceUnavailableError } from '@backstage/errors';
import type { QueryObserved } from '../observations/Observation';
import type { ObservationStore } from '../observations/ObservationStore';
import { storageError } from '../observations/storageError';

/** Limits of an {@link IngestQueue}. */
export interface IngestLimits {
  /** Bodies that are being received, in bytes. */
  readonly maxBytesInFlight: number;
  /** Events between the start of their request and their commit. */
  readonly maxEvents: number;
  /** Events that one transaction takes. */
  readonly maxBatch: number;
  /** How long an event waits for others to share its transaction. */
  readonly maxWaitMs: number;
}

export const DEFAULT_INGEST_LIMITS: IngestLimits = {
  maxBytesInFlight: 64 * 1024 * 1024,
  maxEvents: 5_000,
  maxBatch: 500,
  maxWaitMs: 20,
};

interface Waiting {
  readonly observation: QueryObserved;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One request's share of the queue's limits. */
export interface Admission {
  /** @throws ServiceUnavailableError when the bytes do not fit any more */
  addBytes(count: number): void;
  /** The body has been reduced: its bytes are free again. */
  releaseBytes(): void;
  release(): void;
}

/**
 * Group commit for pushed events: requests that come at the same time share
 * one transaction and are answered when it has committed, so that nothing
 * acknowledged is lost. What exceeds the limits is refused at once; Trino
 * sends it again.
 */
export class IngestQueue {
  readonly #store: Pick<ObservationStore, 'record'>;
  readonly #limits: IngestLimits;
  readonly #onCommitted: (batch: readonly QueryObserved[]) => void;
  readonly #onFailed: (batch: readonly QueryObserved[], error: Error) => void;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #committing = false;
  #bytes = 0;
  #events = 0;

  static create(options: {
    store: Pick<ObservationStore, 'record'>;
    limits?: IngestLimits;
    /** Called after each commit. */
    onCommitted?: (batch: readonly QueryObserved[]) => void;
    /** Called for each batch that the store refused. */
    onFailed?: (batch: readonly QueryObserved[], error: Error) => void;
  }): IngestQueue {
    return new IngestQueue(options);
  }

  private constructor(options: Parameters<typeof IngestQueue.create>[0]) {
    this.#store = options.store;
    this.#limits = options.limits ?? DEFAULT_INGEST_LIMITS;
    this.#onCommitted = options.onCommitted ?? (() => {});
    this.#onFailed = options.onFailed ?? (() => {});
  }

  /**
   * Takes a place for one event.
   *
   * @param declaredBytes - of the body, where its length was told; reserved at once
   * @throws ServiceUnavailableError when the queue is full
   */
  admit(declaredBytes: number | undefined): Admission {
    if (this.#events >= this.#limits.maxEvents) throw this.#full();
    let held = 0;
    let received = 0;
    const hold = (count: number) => {
      if (this.#bytes + count > this.#limits.maxBytesInFlight) {
        throw this.#full();
      }
      this.#bytes += count;
      held += count;
    };
    hold(declaredBytes ?? 0);
    this.#events += 1;
    let released = false;
    const releaseBytes = () => {
      this.#bytes -= held;
      held = 0;
    };
    return {
      addBytes: count => {
        received += count;
        if (received > held) hold(received - held);
      },
      releaseBytes,
      release: () => {
        if (released) return;
        released = true;
        releaseBytes();
        this.#events -= 1;
      },
    };
  }

  /**
   * Resolves when the observation is committed.
   *
   * @throws ServiceUnavailableError when it could not be stored
   */
  submit(observation: QueryObserved): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ observation, resolve, reject });
      this.#schedule();
    });
  }

  #schedule() {
    if (this.#committing || !this.#waiting.length) return;
    if (this.#waiting.length >= this.#limits.maxBatch) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#commit();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#commit();
      }, this.#limits.maxWaitMs);
    }
  }

  async #commit() {
    const batch = this.#waiting.splice(0, this.#limits.maxBatch);
    const observations = batch.map(({ observation }) => observation);
    this.#committing = true;
    try {
      await this.#store.record(observations);
      batch.forEach(({ resolve }) => resolve());
      this.#onCommitted(observations);
    } catch (cause) {
      const error =
        cause instanceof ServiceUnavailableError ? cause : storageError(cause);
      batch.forEach(({ reject }) => reject(error));
      this.#onFailed(observations, error);
    } finally {
      this.#committing = false;
      this.#schedule();
    }
  }

  #full() {
    return new ServiceUnavailableError(
      `There are ${this.#events} events of ${
        this.#bytes
      } bytes in flight, as many as are allowed (lakehouse.ingest). Send it again in a second.`,
    );
  }
}
