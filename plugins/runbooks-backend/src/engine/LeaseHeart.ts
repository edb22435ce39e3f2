import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { RunLease, RunStore } from '../store/RunStore';
import { RunInterruption } from './RunInterruption';

/** The lease is renewed so often within its time. */
const BEATS_PER_LEASE = 3;
/** Share of a lease after which it counts as lost here, before others may take the run. */
const LAPSE_SHARE = 0.9;

/**
 * Keeps the lease of a run alive. When it is lost, or could not be renewed in
 * time by this process's own steady clock, the work on the run is stopped:
 * another process may have it by then.
 */
export class LeaseHeart {
  readonly #store: RunStore;
  readonly #logger: LoggerService;
  readonly #lease: RunLease;
  readonly #leaseMs: number;
  readonly #onCancel: (by: string) => void;
  readonly #stop: AbortController;
  readonly #interval: NodeJS.Timeout;
  #lapse: NodeJS.Timeout | undefined;
  #beating = false;

  static start(options: {
    store: RunStore;
    logger: LoggerService;
    lease: RunLease;
    leaseMs: number;
    /** When the lease was taken, as `performance.now()` before it was asked for. */
    takenAtMs: number;
    onCancel: (by: string) => void;
    stop: AbortController;
  }): LeaseHeart {
    return new LeaseHeart(options);
  }

  private constructor(options: Parameters<typeof LeaseHeart.start>[0]) {
    this.#store = options.store;
    this.#logger = options.logger;
    this.#lease = options.lease;
    this.#leaseMs = options.leaseMs;
    this.#onCancel = options.onCancel;
    this.#stop = options.stop;
    this.#lapseAfter(options.takenAtMs);
    this.#interval = setInterval(
      () => this.#tick(),
      this.#leaseMs / BEATS_PER_LEASE,
    );
  }

  end(): void {
    clearInterval(this.#interval);
    clearTimeout(this.#lapse);
  }

  #tick(): void {
    if (this.#beating) return;
    this.#beating = true;
    this.#beat()
      .catch(error => {
        this.#logger.warn(
          `Could not keep hold of run ${this.#lease.runId}; trying again: ${
            toError(error).message
          }`,
        );
      })
      .finally(() => {
        this.#beating = false;
      });
  }

  async #beat(): Promise<void> {
    const askedAtMs = performance.now();
    const kept = await this.#store.heartbeat(this.#lease, this.#leaseMs);
    if (!kept) {
      this.#lost(`Run ${this.#lease.runId} was lost.`);
      return;
    }
    this.#lapseAfter(askedAtMs);
    if (kept.cancelRequestedBy) this.#onCancel(kept.cancelRequestedBy);
  }

  #lapseAfter(renewedAtMs: number): void {
    clearTimeout(this.#lapse);
    const leftMs =
      renewedAtMs + this.#leaseMs * LAPSE_SHARE - performance.now();
    this.#lapse = setTimeout(
      () =>
        this.#lost(
          `The database could not be reached for ${
            this.#leaseMs / 1000
          } s: another process may have run ${this.#lease.runId} by now.`,
        ),
      leftMs,
    );
  }

  #lost(message: string): void {
    if (this.#stop.signal.aborted) return;
    this.#logger.warn(message);
    this.#stop.abort(new RunInterruption('lease-lost', message));
  }
}
