import { MINUTE_MS } from './evaluateRecorded';
import type { FiringAlert } from './promtool';

/** How two ways of telling when an alert fires differ. */
export interface FiringDifference {
  /** Minutes at which one fired and the other did not. */
  readonly minutes: number;
  /** Of these, those that no neighbour explains: told with both answers. */
  readonly beyond: readonly string[];
}

/**
 * Compares when alerts fired, minute by minute. A minute agrees when the other
 * side says the same of it or of the minute before or after.
 */
export function compareFiring(
  ours: ReadonlyMap<string, ReadonlySet<number>>,
  theirs: ReadonlyMap<string, ReadonlySet<number>>,
  endMs: number,
): FiringDifference {
  let minutes = 0;
  const beyond: string[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const one = ours.get(key) ?? new Set();
    const other = theirs.get(key) ?? new Set();
    for (let atMs = MINUTE_MS; atMs <= endMs; atMs += MINUTE_MS) {
      if (one.has(atMs) === other.has(atMs)) continue;
      minutes++;
      if (!near(one, other, atMs) || !near(other, one, atMs)) {
        beyond.push(
          `${key} at minute ${atMs / MINUTE_MS}: ${
            one.has(atMs) ? 'ours' : 'Prometheus'
          } fires alone`,
        );
      }
    }
  }
  return { minutes, beyond };
}

function near(
  one: ReadonlySet<number>,
  other: ReadonlySet<number>,
  atMs: number,
): boolean {
  return [-MINUTE_MS, 0, MINUTE_MS].some(
    shift => one.has(atMs) === other.has(atMs + shift),
  );
}

/** When alerts with a label fired, by its values. */
export function byLabel(
  alerts: readonly FiringAlert[],
  label: string,
): Map<string, Set<number>> {
  const all = new Map<string, Set<number>>();
  for (const { atMs, labels } of alerts) {
    const value = labels[label];
    if (value === undefined) continue;
    const minutes = all.get(value) ?? new Set();
    all.set(value, minutes.add(atMs));
  }
  return all;
}
