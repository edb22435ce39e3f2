import { Random } from '../world/Random';

const PERIOD_MS = 200;
const TIMEOUT_MS = 15_000;
const MAX_IN_FLIGHT = 20;
const REPOS = 40;
const HOT_SHARE = 0.6;

/** People who use a service over HTTP, a few requests a second, for as long as it lasts. */
export class HttpTraffic {
  readonly #url: string;
  readonly #random: Random;
  readonly #timer: NodeJS.Timeout;
  #inFlight = 0;

  static start(options: { url: string; seed: number }): HttpTraffic {
    return new HttpTraffic(options);
  }

  private constructor(options: { url: string; seed: number }) {
    this.#url = options.url;
    this.#random = Random.create(options.seed);
    this.#timer = setInterval(() => this.#ask(), PERIOD_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ask(): void {
    if (this.#inFlight >= MAX_IN_FLIGHT) return;
    this.#inFlight += 1;
    fetch(new URL(this.#path(), this.#url), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(response => response.arrayBuffer())
      .catch(() => {
        // People come back later when a service does not answer.
      })
      .finally(() => {
        this.#inFlight -= 1;
      });
  }

  #path(): string {
    if (this.#random.next() < HOT_SHARE) {
      return '/v1/activity-summary?days=30';
    }
    return this.#random.next() < 0.5
      ? '/v1/commits?limit=20'
      : `/v1/repos/${1 + Math.floor(this.#random.next() * REPOS)}/stats`;
  }
}
