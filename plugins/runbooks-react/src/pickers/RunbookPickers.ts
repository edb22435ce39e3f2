import type { RunbookPicker } from './RunbookPicker';
import type { RunbookPickersApi } from './runbookPickersApiRef';

/**
 * Pickers from a list. Of two with one name the later is used, so that an app
 * can put its own in the place of a plugin's.
 *
 * @public
 */
export class RunbookPickers implements RunbookPickersApi {
  readonly #pickers: ReadonlyMap<string, RunbookPicker>;

  private constructor(pickers: ReadonlyMap<string, RunbookPicker>) {
    this.#pickers = pickers;
  }

  static create(options: {
    pickers: readonly RunbookPicker[];
  }): RunbookPickers {
    return new RunbookPickers(
      new Map(options.pickers.map(picker => [picker.name, picker])),
    );
  }

  getPicker(name: string): RunbookPicker | undefined {
    return this.#pickers.get(name);
  }
}
