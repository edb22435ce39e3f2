/** Sizes and times that mock data is made of. */
export const MIB = 1024 * 1024;
export const GIB = 1024 * MIB;
export const MINUTE_MS = 60_000;

/** A repeatable stream of numbers from 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** ISO time this long before `now`. */
export function at(now: number, agoMs: number): string {
  return new Date(now - agoMs).toISOString();
}
