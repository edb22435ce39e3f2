import { EventEmitter } from 'node:events';

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
    await new Promise<void>(resolve => {
      let timer: NodeJS.Timeout | undefined;
      const done = () => {
        clearTimeout(timer);
        this.#emitter.off(runId, done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      timer = setTimeout(done, timeoutMs);
      this.#emitter.on(runId, done);
      signal.addEventListener('abort', done);
    });
  }
}
