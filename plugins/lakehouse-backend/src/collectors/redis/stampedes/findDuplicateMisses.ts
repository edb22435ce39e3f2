import type { DuplicateMisses } from '../../../observations/SystemReads';
import type { FoundStampede } from './FoundStampede';

const KEYS_MAX = 10;
/** Windows that are no further apart belong to one stampede. */
export const QUIET_MS = 30_000;

interface Window {
  readonly prefix: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly duplicateMisses: number;
  readonly keys: ReadonlyMap<string, number>;
}

/**
 * Stampedes that applications told of: windows in which a key was missed by so many
 * at once, joined where they follow one another. A miss counts as concurrent when the
 * key was being filled already, that is within its recompute time.
 *
 * @param threshold - concurrent misses of one key, over all instances
 */
export function findDuplicateMisses(
  told: readonly DuplicateMisses[],
  options: { threshold: number },
): FoundStampede[] {
  const windows = joinInstances(told)
    .filter(({ keys }) => Math.max(0, ...keys.values()) >= options.threshold)
    .sort((a, b) => a.startMs - b.startMs);
  const found: FoundStampede[] = [];
  for (const window of windows) {
    const last = found.findLast(
      one =>
        one.prefix === window.prefix &&
        window.startMs - one.lastSeenMs <= QUIET_MS,
    );
    if (last) {
      found[found.indexOf(last)] = {
        ...last,
        lastSeenMs: Math.max(last.lastSeenMs, window.endMs),
        duplicateMisses: (last.duplicateMisses ?? 0) + window.duplicateMisses,
        keys: topKeys(last.keys, window.keys),
      };
    } else {
      found.push({
        evidence: 'duplicate-misses',
        prefix: window.prefix,
        startMs: window.startMs,
        lastSeenMs: window.endMs,
        duplicateMisses: window.duplicateMisses,
        keys: topKeys([], window.keys),
      });
    }
  }
  return found;
}

/** Sums what instances tell of one prefix in windows that overlap. */
function joinInstances(told: readonly DuplicateMisses[]): Window[] {
  const windows: Window[] = [];
  const sorted = [...told].sort((a, b) => a.at.localeCompare(b.at));
  for (const one of sorted) {
    const endMs = Date.parse(one.at);
    const startMs = endMs - one.windowSeconds * 1000;
    const open = windows.findLast(
      window =>
        window.prefix === one.prefix &&
        // Clocks and beginnings of windows differ: the larger part must be shared.
        Math.abs(window.endMs - endMs) < (one.windowSeconds * 1000) / 2,
    );
    const keys = new Map(open?.keys);
    for (const { key, concurrentMisses } of one.hotKeys) {
      keys.set(key, (keys.get(key) ?? 0) + concurrentMisses);
    }
    const joined: Window = {
      prefix: one.prefix,
      startMs: Math.min(open?.startMs ?? startMs, startMs),
      endMs: Math.max(open?.endMs ?? endMs, endMs),
      duplicateMisses: (open?.duplicateMisses ?? 0) + one.duplicateMisses,
      keys,
    };
    if (open) windows[windows.indexOf(open)] = joined;
    else windows.push(joined);
  }
  return windows;
}

function topKeys(
  before: FoundStampede['keys'],
  now: ReadonlyMap<string, number>,
): FoundStampede['keys'] {
  const most = new Map(
    before.map(({ key, concurrentMisses }) => [key, concurrentMisses]),
  );
  for (const [key, misses] of now) {
    most.set(key, Math.max(most.get(key) ?? 0, misses));
  }
  return [...most]
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, KEYS_MAX)
    .map(([key, concurrentMisses]) => ({ key, concurrentMisses }));
}
