import { CACHE_TTL_BOUNDS_SECONDS } from '@lakehouse-ops/plugin-lakehouse-common';

/** A key as it was seen. */
export interface SeenKey {
  /** As PTTL tells it: -1 without time to live. */
  readonly ttlMs: number;
  /** Of keys that were sampled for it. */
  readonly bytes?: number;
}

/** What was seen of the keys under one prefix. */
export class KeyCounts {
  keys = 0;
  withoutTtl = 0;
  readonly ttl: number[] = Array.from(
    { length: CACHE_TTL_BOUNDS_SECONDS.length + 1 },
    () => 0,
  );
  sizedKeys = 0;
  sizedBytes = 0;

  add({ ttlMs, bytes }: SeenKey) {
    this.keys += 1;
    if (ttlMs < 0) this.withoutTtl += 1;
    else {
      const bin = CACHE_TTL_BOUNDS_SECONDS.findIndex(
        bound => ttlMs <= bound * 1000,
      );
      this.ttl[bin < 0 ? CACHE_TTL_BOUNDS_SECONDS.length : bin] += 1;
    }
    if (bytes !== undefined) {
      this.sizedKeys += 1;
      this.sizedBytes += bytes;
    }
  }

  /** @param scale - how many keys stand for one that was seen */
  absorb(other: KeyCounts, scale = 1) {
    this.keys += other.keys * scale;
    this.withoutTtl += other.withoutTtl * scale;
    other.ttl.forEach((count, bin) => {
      this.ttl[bin] += count * scale;
    });
    this.sizedKeys += other.sizedKeys * scale;
    this.sizedBytes += other.sizedBytes * scale;
  }
}
