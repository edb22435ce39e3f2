import { setTimeout as sleep } from 'node:timers/promises';
import { supersetErrors } from '../errors';
import type { SupersetChartCache } from '../SupersetConnection';

/** Superset keeps an answer that it had to make for us for a second; its clock runs in whole ones. */
const OWN_ANSWER_MS = 1300;
const MOST_REMEMBERED = 5000;

/**
 * Looks whether charts are cached, and tells answers that an own look has just left
 * behind from those that people get.
 */
export class ChartCacheReader {
  readonly #connection: string;
  readonly #read: (
    chartId: string,
    signal: AbortSignal | undefined,
  ) => Promise<SupersetChartCache>;
  /** When a look had an answer made, by chart. */
  readonly #madeMs = new Map<string, number>();

  static create(options: {
    connection: string;
    read: (
      chartId: string,
      signal: AbortSignal | undefined,
    ) => Promise<SupersetChartCache>;
  }) {
    return new ChartCacheReader(options);
  }

  private constructor(options: Parameters<typeof ChartCacheReader.create>[0]) {
    this.#connection = options.connection;
    this.#read = options.read;
  }

  async read(
    chartId: string,
    signal: AbortSignal | undefined,
  ): Promise<SupersetChartCache> {
    const madeMs = this.#madeMs.get(chartId);
    const found = await this.#look(chartId, signal);
    const waitMs =
      madeMs === undefined ? 0 : madeMs + OWN_ANSWER_MS - performance.now();
    if (found.state !== 'cached' || waitMs <= 0) return found;
    try {
      await sleep(waitMs, undefined, { signal });
    } catch (cause) {
      throw supersetErrors.aborted({ connection: this.#connection, cause });
    }
    return this.#look(chartId, signal);
  }

  async #look(chartId: string, signal: AbortSignal | undefined) {
    const found = await this.#read(chartId, signal);
    this.#madeMs.delete(chartId);
    if (found.state === 'not-cached') {
      this.#madeMs.set(chartId, performance.now());
      const [oldest] = this.#madeMs.keys();
      if (this.#madeMs.size > MOST_REMEMBERED) this.#madeMs.delete(oldest);
    }
    return found;
  }
}
