import { createHash } from 'node:crypto';
import type { KnownSloFile } from './DatabaseSloBook';
import { parseSloFiles } from './parseSloFiles';
import { fileKey } from './planBookChanges';
import { setKey, type ReadSet } from './reading/SloSetReader';
import type { ParsedSloFile, SloParseContext } from './SloFile';

/** Parses sets of files, and remembers what it made of them. */
export class SloSetParser {
  readonly #context: SloParseContext;
  readonly #parsed = new Map<
    string,
    { print: string; files: ParsedSloFile[] }
  >();

  static create(options: { context: SloParseContext }): SloSetParser {
    return new SloSetParser(options.context);
  }

  private constructor(context: SloParseContext) {
    this.#context = context;
  }

  /** What the files of a set say; texts that have not changed are not parsed again. */
  parse(
    set: ReadSet,
    known: ReadonlyMap<string, KnownSloFile>,
  ): ParsedSloFile[] {
    const files = set.files.map(({ source, text }) => {
      const { location, connection } = source;
      const key = { namedBy: set.namedBy, location };
      const lastGood = known.get(fileKey(key))?.content;
      return {
        location,
        connection,
        lastGood,
        text: text.text ?? '',
        unread: text.problem,
      };
    });
    const print = createHash('sha256')
      .update(JSON.stringify(files))
      .digest('hex');
    const before = this.#parsed.get(setKey(set));
    if (before?.print === print) return before.files;
    const parsed = parseSloFiles(
      // What could not be read is stood for by its last good version.
      files.map(({ unread, ...file }) =>
        unread === undefined ? file : { ...file, text: file.lastGood ?? '' },
      ),
      { ...this.#context, mayNameEntities: !set.namedBy },
    ).map((file, index) => {
      const { unread } = files[index];
      return unread === undefined
        ? file
        : {
            ...file,
            slos: [],
            problems: [{ severity: 'error' as const, message: unread }],
          };
    });
    this.#parsed.set(setKey(set), { print, files: parsed });
    return parsed;
  }

  /** Forgets all sets but those with the keys told. */
  forgetOthers(keys: ReadonlySet<string>): void {
    for (const key of this.#parsed.keys()) {
      if (!keys.has(key)) this.#parsed.delete(key);
    }
  }
}
