import type { SpenderDimension } from '@lakehouse-ops/plugin-lakehouse-common';
import { DAY_MS, floorTo, HOUR_MS, WIDTHS, type Width } from './widths';

/** Differences smaller than this are what rounding leaves of fractions taken away again. */
const NOTHING = 1e-9;

/** What is added to a minute of a series; negative to take away. */
export interface MinuteDelta {
  readonly good: number;
  readonly total: number;
  readonly observedMinutes?: number;
}

export interface BucketDelta {
  readonly series_id: string;
  readonly width: number;
  readonly start_at: number;
  readonly good: number;
  readonly total: number;
  readonly observed_minutes: number;
  readonly dirty: 0 | 1;
}

export interface SpenderDelta {
  readonly series_id: string;
  readonly hour_at: number;
  readonly dimension: SpenderDimension;
  readonly value: string;
  readonly bad: number;
}

export interface BinDelta {
  readonly series_id: string;
  readonly day_at: number;
  readonly bin: number;
  readonly count: number;
}

interface Sums {
  good: number;
  total: number;
  observed: number;
}

/** Collects what is to be added to counts, so that it is written at once. */
export class RollupDelta {
  readonly #minutes = new Map<
    string,
    { sliceMs: number | undefined; minutes: Map<number, Sums> }
  >();
  readonly #spenders = new Map<string, SpenderDelta>();
  readonly #bins = new Map<string, BinDelta>();

  /** @param series - `sliceMs`: length of its time slices, where it has some */
  addMinute(
    series: { id: string; sliceMs?: number },
    minuteMs: number,
    { good, total, observedMinutes = 0 }: MinuteDelta,
  ) {
    let of = this.#minutes.get(series.id);
    if (!of) {
      of = { sliceMs: series.sliceMs, minutes: new Map() };
      this.#minutes.set(series.id, of);
    }
    addTo(of.minutes, minuteMs, { good, total, observed: observedMinutes });
  }

  addSpender(delta: SpenderDelta) {
    const { series_id, hour_at, dimension, value, bad } = delta;
    const key = `${series_id}\n${hour_at}\n${dimension}\n${value}`;
    const known = this.#spenders.get(key);
    this.#spenders.set(key, { ...delta, bad: (known?.bad ?? 0) + bad });
  }

  addBin(delta: BinDelta) {
    const key = `${delta.series_id}\n${delta.day_at}\n${delta.bin}`;
    const known = this.#bins.get(key);
    this.#bins.set(key, {
      ...delta,
      count: (known?.count ?? 0) + delta.count,
    });
  }

  /**
   * Rows of minutes, hours and days, in the order of their key.
   *
   * @param minutesFromMs - minutes before are gone: slices of their hours stay as they are
   */
  buckets(minutesFromMs: number): BucketDelta[] {
    const rows: BucketDelta[] = [];
    for (const [id, { sliceMs, minutes }] of this.#minutes) {
      const hours = new Map<number, Sums>();
      const days = new Map<number, Sums>();
      const dirty = new Set<number>();
      for (const [minuteMs, sums] of minutes) {
        if (isNothing(sums)) continue;
        const hourMs = floorTo(minuteMs, HOUR_MS);
        addTo(hours, hourMs, sums);
        addTo(days, floorTo(minuteMs, DAY_MS), sums);
        if (sliceMs !== undefined) {
          // A slice belongs to the hour in which it begins.
          const sliceHourMs = floorTo(floorTo(minuteMs, sliceMs), HOUR_MS);
          if (sliceHourMs >= minutesFromMs) {
            dirty.add(sliceHourMs);
            if (!hours.has(sliceHourMs)) hours.set(sliceHourMs, zero());
          }
        }
      }
      const push = (width: Width, of: ReadonlyMap<number, Sums>) => {
        for (const [startMs, { good, total, observed }] of of) {
          const isDirty = width === 'hour' && dirty.has(startMs);
          if (isNothing({ good, total, observed }) && !isDirty) continue;
          rows.push({
            series_id: id,
            width: WIDTHS[width],
            start_at: startMs,
            good,
            total,
            observed_minutes: observed,
            dirty: isDirty ? 1 : 0,
          });
        }
      };
      push('minute', minutes);
      push('hour', hours);
      push('day', days);
    }
    return rows.sort(
      (a, b) =>
        compare(a.series_id, b.series_id) ||
        a.width - b.width ||
        a.start_at - b.start_at,
    );
  }

  spenders(): SpenderDelta[] {
    return sortedByKey(this.#spenders).filter(({ bad }) => !isZero(bad));
  }

  bins(): BinDelta[] {
    return sortedByKey(this.#bins).filter(({ count }) => !isZero(count));
  }
}

function sortedByKey<T>(rows: ReadonlyMap<string, T>): T[] {
  return [...rows].sort(([a], [b]) => compare(a, b)).map(([, row]) => row);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function zero(): Sums {
  return { good: 0, total: 0, observed: 0 };
}

function addTo(into: Map<number, Sums>, startMs: number, added: Sums) {
  let sums = into.get(startMs);
  if (!sums) {
    sums = zero();
    into.set(startMs, sums);
  }
  sums.good += added.good;
  sums.total += added.total;
  sums.observed += added.observed;
}

function isNothing({ good, total, observed }: Sums): boolean {
  return isZero(good) && isZero(total) && observed === 0;
}

function isZero(value: number): boolean {
  return Math.abs(value) < NOTHING;
}
