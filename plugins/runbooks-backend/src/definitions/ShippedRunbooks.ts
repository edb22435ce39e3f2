import { InputError } from '@backstage/errors';
import type { RunbookSource } from './RunbookSource';

/** The runbook files that modules have added. */
export class ShippedRunbooks {
  readonly #files = new Map<string, string>();

  /** @throws InputError when a file of that name was added before */
  add(file: { name: string; text: string }): void {
    if (this.#files.has(file.name)) {
      throw new InputError(
        `Two modules add a runbook file called '${file.name}'. Remove one of them.`,
      );
    }
    this.#files.set(file.name, file.text);
  }

  list(): RunbookSource[] {
    return [...this.#files].map(([name, text]) => ({
      location: `shipped:${name}`,
      place: { type: 'text', text },
    }));
  }
}
