import type { GatewayWaits } from './actionContext';
import type { QueriesLook } from './lookAtQueries';

/** How it ended to wait. */
export interface Drained {
  readonly drained: boolean;
  /** Queries that were still alive; undefined when nobody could tell. */
  readonly remaining?: number;
  /** Why nobody could tell. */
  readonly reason?: string;
}

/** Looks at Trino that count those as the backend's own which were sent just before it was taken out. */
const LOOKS_THAT_ADD = 2;

/** What is made of one look after the other. */
export class DrainWatch {
  readonly #waits: GatewayWaits;
  readonly #ids = new Set<string>();
  #looks = 0;
  #most = 0;
  #left: number | undefined;
  #emptySinceMs: number | undefined;

  constructor(waits: GatewayWaits) {
    this.#waits = waits;
  }

  /** 0 to 1. */
  get share(): number {
    if (this.#left === undefined || this.#most === 0) return 0;
    return 1 - this.#left / this.#most;
  }

  add(seen: QueriesLook, nowMs: number): Drained & { message: string } {
    if (seen.by === 'nobody') {
      this.#left = undefined;
      this.#emptySinceMs = undefined;
      return {
        drained: false,
        reason: seen.reason,
        message: `What runs there can't be told: ${seen.reason}`,
      };
    }
    const { drained, others } =
      seen.by === 'trino'
        ? this.#addIds(seen.ids)
        : this.#addCount(seen, nowMs);
    const remaining = this.#left ?? 0;
    return {
      drained,
      remaining,
      message: `${remaining} of ${this.#most} queries are still there${
        others > 0 ? `; ${others} came another way and are not waited for` : ''
      }`,
    };
  }

  #addIds(ids: readonly string[]) {
    this.#looks += 1;
    if (this.#looks <= LOOKS_THAT_ADD) ids.forEach(id => this.#ids.add(id));
    this.#left = ids.filter(id => this.#ids.has(id)).length;
    this.#most = Math.max(this.#most, this.#ids.size);
    return {
      drained: this.#left === 0 && this.#looks >= LOOKS_THAT_ADD,
      others: ids.length - this.#left,
    };
  }

  #addCount(
    { running, queued }: { running: number; queued: number },
    nowMs: number,
  ) {
    this.#left = running + queued;
    this.#most = Math.max(this.#most, this.#left);
    if (this.#left > 0) this.#emptySinceMs = undefined;
    else this.#emptySinceMs ??= nowMs;
    const emptyMs =
      this.#emptySinceMs === undefined ? 0 : nowMs - this.#emptySinceMs;
    return {
      drained: this.#left === 0 && emptyMs >= this.#waits.settleMs,
      others: 0,
    };
  }
}
