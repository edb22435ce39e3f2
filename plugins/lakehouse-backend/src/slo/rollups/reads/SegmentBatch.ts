import type { Knex } from 'knex';
import { segmentsOf } from './segmentsOf';
import type { Segment } from './segmentsOf';
import { sumSegments, type SegmentSums } from './sumSegments';
import type { MsRange } from '../SloRollups';

/** Sums of ranges that many ask for, each read once. */
export class SegmentBatch {
  readonly #places = new Map<string, number>();
  readonly #asked: Array<{ readonly id: string } & Segment> = [];

  /** @returns what gives the range's sums, once all is read */
  add(
    id: string,
    range: MsRange,
  ): (read: readonly SegmentSums[]) => SegmentSums {
    const places = segmentsOf(range).map(segment => {
      const key = `${id} ${segment.width} ${segment.fromMs} ${segment.toMs}`;
      const known = this.#places.get(key);
      if (known !== undefined) return known;
      this.#asked.push({ id, ...segment });
      this.#places.set(key, this.#asked.length - 1);
      return this.#asked.length - 1;
    });
    return read => addUp(places.map(place => read[place]));
  }

  read(db: Knex): Promise<SegmentSums[]> {
    return sumSegments(db, this.#asked);
  }
}

function addUp(all: readonly SegmentSums[]): SegmentSums {
  return all.reduce(
    (sum, one) => ({
      good: sum.good + one.good,
      total: sum.total + one.total,
      observedMinutes: sum.observedMinutes + one.observedMinutes,
      slicesGood: sum.slicesGood + one.slicesGood,
      slicesTotal: sum.slicesTotal + one.slicesTotal,
      slicesRatio: sum.slicesRatio + one.slicesRatio,
    }),
    {
      good: 0,
      total: 0,
      observedMinutes: 0,
      slicesGood: 0,
      slicesTotal: 0,
      slicesRatio: 0,
    },
  );
}
