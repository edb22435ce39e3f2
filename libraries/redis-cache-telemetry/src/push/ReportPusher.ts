import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheTelemetryReport } from './CacheTelemetryReport';
import { postReport, type PushTarget } from './postReport';

/** Five minutes of windows of ten seconds. */
const MAX_WAITING = 30;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
const MIN_PROBLEM_INTERVAL_MS = 60_000;
const LAST_PUSH_TIMEOUT_MS = 2_000;

/** What became of reports. */
export interface PushCounts {
  sent: number;
  /** Given up: too many waited, or the process stopped. */
  dropped: number;
  refused: number;
}

/** Sends reports in order, one at a time; tries again, with longer pauses, those that could not be sent. */
export class ReportPusher {
  readonly counts: PushCounts = { sent: 0, dropped: 0, refused: 0 };
  readonly #target: PushTarget;
  readonly #onProblem: (problem: Error) => void;
  readonly #waiting: CacheTelemetryReport[] = [];
  readonly #stopping = new AbortController();
  #sending: Promise<void> | undefined;
  #failures = 0;
  #lastProblemAt = -Infinity;

  static create(options: {
    target: PushTarget;
    onProblem: (problem: Error) => void;
  }): ReportPusher {
    return new ReportPusher(options);
  }

  private constructor(options: Parameters<typeof ReportPusher.create>[0]) {
    this.#target = options.target;
    this.#onProblem = options.onProblem;
  }

  push(report: CacheTelemetryReport) {
    this.#waiting.push(report);
    while (this.#waiting.length > MAX_WAITING) {
      this.#waiting.shift();
      this.counts.dropped += 1;
    }
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Tries once more, for a moment, to send what waits. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    // Not unreferenced: the last report shall still go out.
    const limit = new AbortController();
    await Promise.race([
      this.#flush(),
      sleep(LAST_PUSH_TIMEOUT_MS, undefined, limit).catch(() => {}),
    ]);
    limit.abort();
    this.counts.dropped += this.#waiting.length;
    this.#waiting.length = 0;
  }

  async #flush() {
    await this.#sending;
    while (this.#waiting.length) {
      if ((await this.#sendFirst()) !== undefined) return;
    }
  }

  async #send() {
    while (this.#waiting.length && !this.#stopping.signal.aborted) {
      const pauseMs = await this.#sendFirst();
      if (pauseMs === undefined) continue;
      await sleep(pauseMs, undefined, {
        ref: false,
        signal: this.#stopping.signal,
      }).catch(() => {});
    }
  }

  /** Undefined when the first that waits is settled, else how long to pause, in milliseconds. */
  async #sendFirst(): Promise<number | undefined> {
    const [report] = this.#waiting;
    const result = await postReport(this.#target, report);
    if (result.state === 'failed') {
      this.#failures += 1;
      this.#tell(
        `Cache telemetry could not be pushed, it is tried again: ${result.reason}`,
      );
      return Math.min(
        MAX_RETRY_MS,
        Math.max(result.retryAfterMs ?? 0, backOffMs(this.#failures)),
      );
    }
    this.#failures = 0;
    // It may have been dropped for newer ones in the meantime.
    if (this.#waiting[0] === report) this.#waiting.shift();
    if (result.state === 'taken') {
      this.counts.sent += 1;
    } else {
      this.counts.refused += 1;
      this.#tell(`A window of cache telemetry is lost: ${result.reason}`);
    }
    return undefined;
  }

  #tell(message: string) {
    const now = performance.now();
    if (now - this.#lastProblemAt < MIN_PROBLEM_INTERVAL_MS) return;
    this.#lastProblemAt = now;
    try {
      this.#onProblem(new Error(message));
    } catch {
      // Who was to be told can't be: the application goes on.
    }
  }
}

/** Doubles with each failure; spread, so that instances do not come back together. */
function backOffMs(failures: number): number {
  const longest = Math.min(
    MAX_RETRY_MS,
    FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10),
  );
  return longest * (0.5 + Math.random() / 2);
}
