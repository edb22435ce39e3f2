import type { MsSpan } from './MsSpan';

/** Something counted in a step of time. */
export interface MissedCount {
  readonly startMs: number;
  readonly missed: number;
  readonly counted: number;
}

/** Sums from the start up to each step, so that the sum over any span is one difference. */
export class RunningSums {
  /** Steps begin at whole multiples of their length; counts outside of the span are left out. */
  static create(
    span: MsSpan,
    stepMs: number,
    counts: readonly MissedCount[],
  ): RunningSums {
    const firstStep = Math.floor(span.fromMs / stepMs);
    const steps = Math.max(0, Math.ceil(span.toMs / stepMs) - firstStep);
    const missed = new Float64Array(steps + 1);
    const counted = new Float64Array(steps + 1);
    for (const count of counts) {
      const index = Math.floor(count.startMs / stepMs) - firstStep;
      if (index >= 0 && index < steps) {
        missed[index + 1] += count.missed;
        counted[index + 1] += count.counted;
      }
    }
    for (let index = 1; index <= steps; index++) {
      missed[index] += missed[index - 1];
      counted[index] += counted[index - 1];
    }
    return new RunningSums(firstStep, stepMs, missed, counted);
  }

  private constructor(
    private readonly firstStep: number,
    private readonly stepMs: number,
    private readonly missed: Float64Array,
    private readonly counted: Float64Array,
  ) {}

  /**
   * Sums over the steps that begin in the span. A difference of running sums of
   * fractions is off by a rounding: it is kept within what there can be, so that
   * a hair more than everything missed still counts as everything.
   */
  between(span: MsSpan): { missed: number; counted: number } {
    const from = this.indexOf(span.fromMs);
    const to = Math.max(from, this.indexOf(span.toMs));
    const counted = this.counted[to] - this.counted[from];
    const missed = this.missed[to] - this.missed[from];
    return { missed: Math.min(Math.max(0, missed), counted), counted };
  }

  private indexOf(ms: number): number {
    const index = Math.ceil(ms / this.stepMs) - this.firstStep;
    return Math.min(Math.max(0, index), this.missed.length - 1);
  }
}
