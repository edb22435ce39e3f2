import type {
  MsSpan,
  SliceSums,
  SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { judgeObjective, judgeSlo, type CountedPart } from './judgeParts';

interface Window {
  /** Of calendar windows. */
  readonly wholeWindow?: MsSpan;
  /** Of composites with Timeslices, over the window. */
  readonly joint?: SliceSums;
  /** What each objective may spend in the window, by its key; absent when nothing was counted. */
  readonly allowed: ReadonlyMap<string, number | undefined>;
}

/** Which share of a window's budget was spent by what was counted in a piece of it. */
export class SpentBudget {
  readonly #definition: SloDefinition;
  readonly #window: Window;

  static of(definition: SloDefinition, window: Window): SpentBudget {
    return new SpentBudget(definition, window);
  }

  private constructor(definition: SloDefinition, window: Window) {
    this.#definition = definition;
    this.#window = window;
  }

  /**
   * Of composites the weighted sum of their objectives' shares, and with
   * Timeslices the share of the slices that were bad for any. Undefined when the
   * budget is not known.
   */
  shareOf(
    counts: readonly CountedPart[],
    joint: SliceSums | undefined,
  ): number | undefined {
    const { method, objectives } = this.#definition;
    const { allowed } = this.#window;
    if (method === 'Timeslices' && objectives.length > 1) {
      return this.#jointShare(counts, joint);
    }
    let share: number | undefined;
    for (const { key, weight } of objectives) {
      const whole = allowed.get(key);
      if (!whole) continue;
      const { budget } = judgeObjective(
        counts.filter(({ part }) => part.key === key),
      );
      const times = objectives.length === 1 ? 1 : Math.max(0, weight);
      share = (share ?? 0) + (times * (budget?.spent ?? 0)) / whole;
    }
    return share;
  }

  #jointShare(
    counts: readonly CountedPart[],
    joint: SliceSums | undefined,
  ): number | undefined {
    const { wholeWindow } = this.#window;
    if (!joint || !this.#window.joint) return undefined;
    const whole = judgeSlo(this.#definition, counts, {
      wholeWindow,
      joint: this.#window.joint,
    }).budget;
    const part = judgeSlo(this.#definition, counts, { joint }).budget;
    return whole && (part?.spent ?? 0) / whole.allowed;
  }
}
