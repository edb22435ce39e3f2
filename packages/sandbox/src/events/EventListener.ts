export interface EventListenerOptions {
  url: string;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  /** Waits before the second, third and fourth attempt. */
  retryDelaysMs?: number[];
}

/** Attempts at 0, 1, 3 and 7 s, as Trino's default backoff gives. */
const RETRY_DELAYS_MS = [1000, 2000, 4000];
const MAX_IN_FLIGHT = 4;
const MAX_WAITING = 500;
const TIMEOUT_MS = 10_000;

function isRetried(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/**
 * Posts query events as Trino's HTTP event listener does: at least once,
 * retried a little, then dropped; queries never wait for it. Bodies are made
 * when they are sent, so a waiting event is small.
 */
export class EventListener {
  private readonly waiting: (() => string)[] = [];
  private readonly aborter = new AbortController();
  private inFlight = 0;
  /** Events given up, by lack of an answer or of room. */
  dropped = 0;
  delivered = 0;

  private constructor(private readonly options: EventListenerOptions) {}

  static create(options: EventListenerOptions): EventListener {
    return new EventListener(options);
  }

  send(body: () => string): void {
    if (this.aborter.signal.aborted) {
      return;
    }
    if (this.waiting.length >= MAX_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting.push(body);
    this.pump();
  }

  /** Posts once, without a second attempt; answers whether it was taken. */
  async offer(body: string): Promise<boolean> {
    try {
      const status = await this.request(body);
      return status < 400;
    } catch {
      // Nobody there yet: the caller asks again.
      return false;
    }
  }

  close(): void {
    this.waiting.length = 0;
    this.aborter.abort();
  }

  private pump(): void {
    while (this.inFlight < MAX_IN_FLIGHT) {
      const body = this.waiting.shift();
      if (!body) {
        return;
      }
      this.inFlight++;
      this.deliver(body()).then(delivered => {
        this.inFlight--;
        if (delivered) {
          this.delivered++;
        } else {
          this.dropped++;
        }
        this.pump();
      });
    }
  }

  private async deliver(body: string): Promise<boolean> {
    const delays = this.options.retryDelaysMs ?? RETRY_DELAYS_MS;
    for (const delay of [0, ...delays]) {
      if (!(await this.pause(delay))) {
        return false;
      }
      try {
        const status = await this.request(body);
        if (!isRetried(status)) {
          return status < 400;
        }
      } catch {
        // No answer counts like a 5xx: try again until the delays are used up.
      }
    }
    return false;
  }

  private async request(body: string): Promise<number> {
    const send = this.options.fetch ?? fetch;
    const response = await send(this.options.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...this.options.headers },
      body,
      signal: AbortSignal.any([
        this.aborter.signal,
        AbortSignal.timeout(TIMEOUT_MS),
      ]),
    });
    await response.body?.cancel();
    return response.status;
  }

  private pause(ms: number): Promise<boolean> {
    const { signal } = this.aborter;
    if (ms === 0 || signal.aborted) {
      return Promise.resolve(!signal.aborted);
    }
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(true), ms);
      timer.unref();
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve(false);
        },
        { once: true },
      );
    });
  }
}
