import type {
  Allowance,
  RunbooksApi,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';

/** What one button asks: may the viewer run this there? */
export interface AllowanceAsk {
  readonly runbookId: string;
  readonly target: RunTarget;
}

/** How long an answer is used before it is asked again. */
export const ALLOWANCE_TTL_MS = 30_000;
/** The most that the backend answers at once. */
const MAX_ASKS_PER_CALL = 100;
const MAX_CACHED = 2_000;

interface Waiting {
  readonly ask: AllowanceAsk;
  readonly resolve: (allowance: Allowance) => void;
  readonly reject: (error: unknown) => void;
}

interface Cached {
  readonly answer: Promise<Allowance>;
  readonly expiresAtMs: number;
}

/** Identifies an ask: equal asks share an answer. */
export function allowanceKey({ runbookId, target }: AllowanceAsk): string {
  const { system, connection, kind, name } = target;
  return JSON.stringify([runbookId, system, connection, kind, name]);
}

/**
 * Gathers what all buttons of a page ask within a tick into as few calls as
 * the backend allows, and keeps the answers for a short while.
 */
export class AllowanceStore {
  static readonly #stores = new WeakMap<RunbooksApi, AllowanceStore>();

  readonly #api: RunbooksApi;
  readonly #cache = new Map<string, Cached>();
  #waiting: Waiting[] = [];

  private constructor(api: RunbooksApi) {
    this.#api = api;
  }

  /** The one store of an api, shared by all buttons that use it. */
  static for(api: RunbooksApi): AllowanceStore {
    const known = AllowanceStore.#stores.get(api);
    if (known) return known;
    const store = new AllowanceStore(api);
    AllowanceStore.#stores.set(api, store);
    return store;
  }

  ask(ask: AllowanceAsk): Promise<Allowance> {
    const key = allowanceKey(ask);
    const cached = this.#cache.get(key);
    if (cached && cached.expiresAtMs > Date.now()) return cached.answer;

    const answer = new Promise<Allowance>((resolve, reject) => {
      if (!this.#waiting.length) setTimeout(() => this.#send(), 0);
      this.#waiting.push({ ask, resolve, reject });
    });
    this.#keep(key, answer);
    return answer;
  }

  #keep(key: string, answer: Promise<Allowance>) {
    // Deleting first moves the key to the end: the map stays oldest first.
    this.#cache.delete(key);
    this.#cache.set(key, {
      answer,
      expiresAtMs: Date.now() + ALLOWANCE_TTL_MS,
    });
    for (const [oldest] of this.#cache) {
      if (this.#cache.size <= MAX_CACHED) break;
      this.#cache.delete(oldest);
    }
    answer.catch(() => {
      if (this.#cache.get(key)?.answer === answer) this.#cache.delete(key);
    });
  }

  #send() {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += MAX_ASKS_PER_CALL) {
      this.#sendChunk(waiting.slice(at, at + MAX_ASKS_PER_CALL));
    }
  }

  async #sendChunk(chunk: readonly Waiting[]) {
    try {
      const { items } = await this.#api.getAllowances(
        chunk.map(({ ask }) => ask),
      );
      chunk.forEach(({ resolve, reject }, index) => {
        const allowance = items[index];
        if (allowance) resolve(allowance);
        else {
          reject(
            new Error(
              'The Runbooks backend left this question unanswered; open the drawer to see why, or reload the page.',
            ),
          );
        }
      });
    } catch (error) {
      for (const { reject } of chunk) reject(error);
    }
  }
}
