import { readFile, stat } from 'node:fs/promises';

/** A token that stands in a file, read again when the file changes. */
export class TokenFile {
  #read: { modifiedMs: number; text: string } | undefined;

  /** @throws when the file can't be read */
  async text(file: string): Promise<string> {
    const { mtimeMs } = await stat(file);
    if (this.#read?.modifiedMs !== mtimeMs) {
      const text = (await readFile(file, 'utf8')).trim();
      this.#read = { modifiedMs: mtimeMs, text };
    }
    return this.#read.text;
  }
}
