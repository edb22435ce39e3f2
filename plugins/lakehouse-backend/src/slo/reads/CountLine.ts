import type { SliSums } from '../rollups/SloRollups';

/** Counts of a piece of time that begins at `startMs`. */
export interface CountCell extends SliSums {
  readonly startMs: number;
}

const FIELDS = [
  'good',
  'total',
  'observedMinutes',
  'slicesGood',
  'slicesTotal',
  'slicesRatio',
] as const;

/** Counts along time, so that the sums of any span are one difference. */
export class CountLine {
  readonly #starts: readonly number[];
  readonly #running: Record<(typeof FIELDS)[number], Float64Array>;

  /** @param cells - in any order */
  static create(cells: readonly CountCell[]): CountLine {
    return new CountLine(cells.toSorted((a, b) => a.startMs - b.startMs));
  }

  private constructor(cells: readonly CountCell[]) {
    this.#starts = cells.map(({ startMs }) => startMs);
    const running = () => new Float64Array(cells.length + 1);
    this.#running = {
      good: running(),
      total: running(),
      observedMinutes: running(),
      slicesGood: running(),
      slicesTotal: running(),
      slicesRatio: running(),
    };
    cells.forEach((cell, index) => {
      const values = {
        good: cell.good,
        total: cell.total,
        observedMinutes: cell.observedMinutes,
        slicesGood: cell.slices?.good ?? 0,
        slicesTotal: cell.slices?.total ?? 0,
        slicesRatio: cell.slices?.ratioSum ?? 0,
      };
      for (const field of FIELDS) {
        this.#running[field][index + 1] =
          this.#running[field][index] + values[field];
      }
    });
  }

  /** Sums of the cells that begin in [fromMs, toMs). */
  between(fromMs: number, toMs: number): Required<SliSums> {
    const from = this.#indexOf(fromMs);
    const to = Math.max(from, this.#indexOf(toMs));
    const of = (field: (typeof FIELDS)[number]) =>
      this.#running[field][to] - this.#running[field][from];
    return {
      good: of('good'),
      total: of('total'),
      observedMinutes: of('observedMinutes'),
      slices: {
        good: of('slicesGood'),
        total: of('slicesTotal'),
        ratioSum: of('slicesRatio'),
      },
    };
  }

  /** Index of the first cell that begins at or after a moment. */
  #indexOf(ms: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#starts[middle] < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
