import { mapConcurrently } from '../../../collectors/trino/tables/mapConcurrently';
import type { SloSource, SloSourceSet } from './SloSource';
import type { SloText, SloTextReader } from './SloTextReader';

const CONCURRENT_READS = 8;
/** After so long no further file is begun; the rest keeps what stands, and comes first the next time. */
const TIME_BUDGET_MS = 60_000;
/** Of all files together. */
const TEXT_MAX_BYTES = 64 * 1024 * 1024;

/** A file and what was read of it. */
export interface ReadFile {
  readonly source: SloSource;
  readonly text: SloText;
}

/** Files that belong together, read. */
export interface ReadSet extends Omit<SloSourceSet, 'sources'> {
  readonly files: readonly ReadFile[];
}

/** Tells sets apart. */
export function setKey(
  set: Pick<SloSourceSet, 'namedBy' | 'belonging'>,
): string {
  return set.namedBy ?? `config ${set.belonging.entityRef ?? ''}`;
}

/** Reads the texts of all files, some at a time, within limits of time and size. */
export class SloSetReader {
  readonly #texts: SloTextReader;
  readonly #now: () => number;
  #unread = new Set<string>();

  static create(options: {
    texts: SloTextReader;
    /** Epoch ms. */
    now: () => number;
  }): SloSetReader {
    return new SloSetReader(options);
  }

  private constructor(options: Parameters<typeof SloSetReader.create>[0]) {
    this.#texts = options.texts;
    this.#now = options.now;
  }

  /** Keys of the sets that there was no time for the last time. */
  get unread(): ReadonlySet<string> {
    return this.#unread;
  }

  /** Sets in the order asked for, without those that there was no time for. */
  async read(sets: readonly SloSourceSet[]): Promise<ReadSet[]> {
    const until = this.#now() + TIME_BUDGET_MS;
    const urls = new Set<string>();
    const unread = new Set<string>();
    let bytes = 0;
    const late = sets.filter(set => this.#unread.has(setKey(set)));
    const rest = sets.filter(set => !this.#unread.has(setKey(set)));
    const run = async ({
      set,
      place,
    }: {
      set: SloSourceSet;
      place: number;
    }) => {
      const files: ReadFile[] = [];
      for (const source of set.sources) {
        if (this.#now() > until) {
          unread.add(setKey(set));
          return undefined;
        }
        if (source.place.type === 'url') urls.add(source.place.url);
        const text = await this.#texts.read(source.place);
        bytes += text.text?.length ?? 0;
        files.push({ source, text: bytes > TEXT_MAX_BYTES ? tooMuch() : text });
      }
      const { namedBy, belonging } = set;
      return { place, read: { namedBy, belonging, files } };
    };
    const places = new Map(sets.map((set, place) => [set, place]));
    const read: Array<{ place: number; read: ReadSet }> = [];
    for await (const done of mapConcurrently(
      [...late, ...rest].map(set => ({ set, place: places.get(set) ?? 0 })),
      { concurrency: CONCURRENT_READS, run },
    )) {
      if (done) read.push(done);
    }
    this.#unread = unread;
    if (!unread.size) this.#texts.forgetOthers(urls);
    // Of two files that define the same, the one that is named first counts, however long it took.
    return read.sort((a, b) => a.place - b.place).map(each => each.read);
  }
}

function tooMuch(): SloText {
  return {
    problem: `All files together are larger than the ${TEXT_MAX_BYTES} bytes that are read. Remove files that nobody needs.`,
  };
}
