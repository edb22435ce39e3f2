import { InputError } from '@backstage/errors';
import { WORK_MAX } from './limits';

/** Characters that are looked at in one step. */
const TEXT_PER_STEP = 64;

/** How much work an expression may still make. */
export class WorkBudget {
  #left = WORK_MAX;

  /** @throws InputError when it is used up */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new InputError(
        `it takes more than ${WORK_MAX} steps to work out. Look at fewer things`,
      );
    }
  }

  /** For looking through a text. */
  spendOnText(text: string): void {
    this.spend(1 + Math.floor(text.length / TEXT_PER_STEP));
  }
}
