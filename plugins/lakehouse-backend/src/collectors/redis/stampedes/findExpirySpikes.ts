import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { FoundStampede } from './FoundStampede';

/** Looks that must be known before one can stand out. */
const USUAL_MIN = 6;
/** A spike is so many times the usual rate, and so many keys at least. */
const EXPIRED_FACTOR = 5;
const EXPIRED_MIN = 50;
const MISSES_FACTOR = 2;
const MISSES_MIN = 20;
/** How long after the expiry misses may come. */
const FOLLOWS_WITHIN_MS = 60_000;

interface Look {
  readonly startMs: number;
  readonly endMs: number;
  readonly expiredPerSecond: number;
  readonly missesPerSecond: number;
  readonly expiredKeys: number;
  readonly misses: number;
}

/**
 * Moments at which far more keys expired than usual and misses rose after it. What is
 * usual is the median of the looks before. Looks without activity are left out: they
 * tell nothing, and so make nothing stand out.
 *
 * @param samples - oldest first
 */
export function findExpirySpikes(
  samples: readonly CacheSample[],
): FoundStampede[] {
  const looks = samples.flatMap(toLook);
  const found: FoundStampede[] = [];
  looks.forEach((look, index) => {
    const usual = looks
      .slice(0, index)
      .filter(one => !found.some(spike => overlaps(spike, one)));
    if (usual.length < USUAL_MIN || !isSpike(look, usual)) return;
    const usualMisses = median(usual.map(one => one.missesPerSecond));
    const followers = looks
      .slice(index)
      .filter(
        one =>
          one.startMs - look.endMs <= FOLLOWS_WITHIN_MS &&
          one.misses >= MISSES_MIN &&
          one.missesPerSecond > usualMisses * MISSES_FACTOR,
      );
    const last = followers.at(-1);
    if (!last) return;
    const before = found.at(-1);
    if (before && look.startMs <= before.lastSeenMs) {
      found[found.length - 1] = {
        ...before,
        lastSeenMs: Math.max(before.lastSeenMs, last.endMs),
        expiredKeys: (before.expiredKeys ?? 0) + look.expiredKeys,
      };
      return;
    }
    found.push({
      evidence: 'expiry-spike',
      startMs: look.startMs,
      lastSeenMs: last.endMs,
      expiredKeys: look.expiredKeys,
      keys: [],
    });
  });
  return found;
}

function isSpike(look: Look, usual: readonly Look[]): boolean {
  const rate = median(usual.map(one => one.expiredPerSecond));
  return (
    look.expiredKeys >= EXPIRED_MIN &&
    look.expiredPerSecond > rate * EXPIRED_FACTOR
  );
}

function toLook({ sampledAt, activity }: CacheSample): Look[] {
  if (!activity || !(activity.windowSeconds > 0)) return [];
  const endMs = Date.parse(sampledAt);
  return [
    {
      startMs: endMs - activity.windowSeconds * 1000,
      endMs,
      expiredKeys: activity.expiredKeys,
      misses: activity.misses,
      expiredPerSecond: activity.expiredKeys / activity.windowSeconds,
      missesPerSecond: activity.misses / activity.windowSeconds,
    },
  ];
}

/** What belongs to a spike is not usual. */
function overlaps(spike: FoundStampede, look: Look): boolean {
  return look.startMs < spike.lastSeenMs && look.endMs > spike.startMs;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
