import {
  formatTableRef,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Writes often come in twos: one that follows this soon is seen by the same look. */
const DEBOUNCE_MS = 500;

/** A table that is written to all the time is not looked at all the time. */
const PAUSE_MS = 3_000;

const RETRY_MS = 10_000;

/** What is beyond is found by the next sweep. */
const MAX_REQUESTS = 1_000;

/** Tables to be looked at soon, each once. */
export class InspectionRequests {
  readonly #due = new Map<string, { ref: TableRef; dueAt: number }>();
  readonly #doneAt = new Map<string, number>();

  private constructor() {}

  static create(): InspectionRequests {
    return new InspectionRequests();
  }

  add(ref: TableRef, now: number): void {
    const key = formatTableRef(ref);
    const doneAt = this.#doneAt.get(key);
    this.#put(ref, {
      key,
      dueAt: Math.max(
        now + DEBOUNCE_MS,
        doneAt === undefined ? 0 : doneAt + PAUSE_MS,
      ),
    });
  }

  retry(ref: TableRef, now: number): void {
    this.#put(ref, { key: formatTableRef(ref), dueAt: now + RETRY_MS });
  }

  done(key: string, now: number): void {
    this.#doneAt.delete(key);
    this.#doneAt.set(key, now);
    for (const [oldest, doneAt] of this.#doneAt) {
      if (now - doneAt < PAUSE_MS && this.#doneAt.size <= MAX_REQUESTS) break;
      this.#doneAt.delete(oldest);
    }
  }

  takeDue(now: number): TableRef[] {
    const due = [...this.#due].filter(([, { dueAt }]) => dueAt <= now);
    due.forEach(([key]) => this.#due.delete(key));
    return due.map(([, { ref }]) => ref);
  }

  /** A request that stands is not put off by another. */
  #put(ref: TableRef, { key, dueAt }: { key: string; dueAt: number }): void {
    if (this.#due.has(key) || this.#due.size >= MAX_REQUESTS) return;
    this.#due.set(key, { ref, dueAt });
  }
}
