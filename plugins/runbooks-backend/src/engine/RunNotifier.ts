import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tells waiting requests of this process that a run changed. Other processes
 * find out by looking into the database.
 */
export class RunNotifier {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  changed(runId: string): void {
    this.#emitter.emit(runId);
  }

  /** Waits for a change, but no longer than told, and ends at once on abort. */
  async wait(options: {
    runId: string;
    timeoutMs: number;
    signal: AbortSignal;
  }): Promise<void> {
    const { runId, timeoutMs, signal } = options;
    if (signal.aborted || timeoutMs <= 0) return;
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#emitter.on(runId, wake);
    signal.addEventListener('abort', wake);
    try {
      await sleep(timeoutMs, undefined, { signal: woken.signal });
    } catch (error) {
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#emitter.off(runId, wake);
      signal.removeEventListener('abort', wake);
    }
  }
}
