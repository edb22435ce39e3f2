import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { RUNBOOK_FILE_MAX_BYTES } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunbookSource } from './RunbookSource';

const READ_TIMEOUT_MS = 20_000;
const REASON_MAX = 300;
const MAX_FILES_OF_FOLDER = 500;

/** The text of a file, or why there is none. */
export type RunbookText = { readonly location: string } & (
  | { readonly text: string; readonly problem?: undefined }
  | {
      readonly text?: undefined;
      readonly problem: string;
      /** It is known not to be there any more, rather than not to be readable now. */
      readonly gone?: boolean;
    }
);

/** Reads runbook files, within bounds of size and time. */
export class RunbookTextReader {
  readonly #urls: UrlReaderService;
  readonly #timeoutMs: number;
  /** By URL, what its server has told last. */
  readonly #known = new Map<string, { etag: string; text: string }>();

  constructor(options: { urlReader: UrlReaderService; timeoutMs?: number }) {
    this.#urls = options.urlReader;
    this.#timeoutMs = options.timeoutMs ?? READ_TIMEOUT_MS;
  }

  /**
   * Reads a source: one file, or all of a folder when it has a `*` in the
   * file's name. Never throws.
   */
  async read({ location, place }: RunbookSource): Promise<RunbookText[]> {
    switch (place.type) {
      case 'text':
        return [{ location, text: place.text }];
      case 'none':
        return [{ location, problem: place.problem, gone: true }];
      case 'url':
        return [await this.#readOne(location, () => this.#readUrl(place.url))];
      default:
        return this.#readFiles(location, place.path);
    }
  }

  /** Keeps nothing of URLs that nothing names any more. */
  forgetOthers(urls: ReadonlySet<string>): void {
    for (const url of this.#known.keys()) {
      if (!urls.has(url)) this.#known.delete(url);
    }
  }

  async #readFiles(location: string, path: string): Promise<RunbookText[]> {
    const pattern = basename(path);
    if (!pattern.includes('*')) {
      return [await this.#readOne(location, () => readFile(path))];
    }
    const folder = dirname(path);
    try {
      const names = (await readdir(folder))
        .filter(name => matches(name, pattern))
        .sort();
      if (names.length > MAX_FILES_OF_FOLDER) {
        return [
          {
            location,
            problem: `${names.length} files have such a name, and at most ${MAX_FILES_OF_FOLDER} are read. Split the folder.`,
          },
        ];
      }
      return await Promise.all(
        names.map(name =>
          this.#readOne(join(dirname(location), name), () =>
            readFile(join(folder, name)),
          ),
        ),
      );
    } catch (error) {
      return [{ location, ...explain(error) }];
    }
  }

  async #readOne(
    location: string,
    read: () => Promise<string>,
  ): Promise<RunbookText> {
    try {
      return { location, text: await withLimit(read(), this.#timeoutMs) };
    } catch (error) {
      return { location, ...explain(error) };
    }
  }

  async #readUrl(url: string): Promise<string> {
    const known = this.#known.get(url);
    try {
      const response = await this.#urls.readUrl(url, {
        etag: known?.etag,
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      const text = response.stream
        ? await readBounded(response.stream())
        : bounded(await response.buffer()).toString('utf8');
      if (response.etag) this.#known.set(url, { etag: response.etag, text });
      return text;
    } catch (error) {
      if (known && toError(error).name === 'NotModifiedError') {
        return known.text;
      }
      throw error;
    }
  }
}

/** Is thrown where a file is too large. */
class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** Only `*` has a meaning. */
function matches(name: string, pattern: string): boolean {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (name.length < first.length + last.length) return false;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - last.length) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}

async function readFile(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new Error('it is not a file');
    if (found.size > RUNBOOK_FILE_MAX_BYTES) throw new TooLargeError();
    return await readBounded(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

async function readBounded(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size > RUNBOOK_FILE_MAX_BYTES) throw new TooLargeError();
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function bounded(bytes: Buffer): Buffer {
  if (bytes.byteLength <= RUNBOOK_FILE_MAX_BYTES) return bytes;
  throw new TooLargeError();
}

/** Readers need not heed a signal. */
async function withLimit<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new Error('late');
      late.name = 'TimeoutError';
      reject(late);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function explain(thrown: unknown): { problem: string; gone?: boolean } {
  const error = toError(thrown);
  const code = 'code' in error ? error.code : undefined;
  if (error.name === 'NotFoundError' || code === 'ENOENT') {
    return {
      gone: true,
      problem:
        'There is no such file. Check the path, or remove what names it.',
    };
  }
  if (error instanceof TooLargeError) {
    return {
      problem: `The file is larger than the ${RUNBOOK_FILE_MAX_BYTES} bytes that are read. Shorten it.`,
    };
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return {
      problem:
        'The file was not read in time. It is tried again soon; check that its server answers.',
    };
  }
  const reason = error.message.replace(/\s+/g, ' ').slice(0, REASON_MAX);
  return {
    problem: `The file can't be read: ${reason}. It is tried again soon; check that the backend may read it (integrations and backend.reading.allow in the config).`,
  };
}
