import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Readable } from 'node:stream';
import { quote } from '../yaml/fields';
import { YAML_MAX_BYTES } from '../yaml/readYaml';
import type { SloPlace } from './SloSource';

const READ_TIMEOUT_MS = 15_000;
const REASON_MAX = 300;

/** The text of a file, or why there is none. */
export type SloText =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: string };

/** Reads files of definitions, within bounds of size and time. */
export class SloTextReader {
  readonly #urls: UrlReaderService;
  readonly #timeoutMs: number;
  /** By URL, what its server has told last. */
  readonly #known = new Map<string, { etag: string; text: string }>();

  static create(options: {
    urlReader: UrlReaderService;
    timeoutMs?: number;
  }): SloTextReader {
    const { urlReader, timeoutMs = READ_TIMEOUT_MS } = options;
    return new SloTextReader(urlReader, timeoutMs);
  }

  private constructor(urls: UrlReaderService, timeoutMs: number) {
    this.#urls = urls;
    this.#timeoutMs = timeoutMs;
  }

  /** Never throws. */
  async read(place: SloPlace): Promise<SloText> {
    if (place.type === 'none') return { problem: place.problem };
    try {
      const text =
        place.type === 'url'
          ? await this.#readUrl(place.url)
          : await readFile(place.path, place.below);
      return text;
    } catch (error) {
      return { problem: explain(error) };
    }
  }

  /** Keeps no answer of URLs that are not named any more. */
  forgetOthers(urls: ReadonlySet<string>) {
    for (const url of this.#known.keys()) {
      if (!urls.has(url)) this.#known.delete(url);
    }
  }

  async #readUrl(url: string): Promise<SloText> {
    const known = this.#known.get(url);
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      const { etag, text } = await withLimit(
        this.#fetch(url, { etag: known?.etag, signal }),
        signal,
      );
      if (etag && text.text !== undefined) {
        this.#known.set(url, { etag, text: text.text });
      }
      return text;
    } catch (error) {
      if (known && toError(error).name === 'NotModifiedError') {
        return { text: known.text };
      }
      throw error;
    }
  }

  async #fetch(
    url: string,
    options: { etag?: string; signal: AbortSignal },
  ): Promise<{ etag?: string; text: SloText }> {
    const response = await this.#urls.readUrl(url, options);
    const bytes = response.stream
      ? await readBounded(response.stream())
      : await response.buffer();
    return {
      etag: response.etag,
      text:
        bytes === undefined || bytes.byteLength > YAML_MAX_BYTES
          ? tooLarge()
          : { text: bytes.toString('utf8') },
    };
  }
}

async function readFile(path: string, below?: string): Promise<SloText> {
  const real = await realpath(path);
  if (below !== undefined && !real.startsWith((await realpath(below)) + sep)) {
    return {
      problem:
        "The path leads out of the folder of the entity's own file, and nothing outside of it is read. Put the file beside the entity's file or below it.",
    };
  }
  const found = await lstat(real);
  if (!found.isFile()) {
    return { problem: 'The path leads to no file. Write the path of one.' };
  }
  if (found.size > YAML_MAX_BYTES) return tooLarge();
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = await readBounded(file.createReadStream());
    return bytes ? { text: bytes.toString('utf8') } : tooLarge();
  } finally {
    await file.close();
  }
}

/** All of a stream; undefined when it is too much. */
async function readBounded(stream: Readable): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size > YAML_MAX_BYTES) {
      stream.destroy();
      return undefined;
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function tooLarge(): SloText {
  return {
    problem: `The file is larger than the ${YAML_MAX_BYTES} bytes that are read. Split it into several files.`,
  };
}

/** Readers need not heed a signal. */
async function withLimit<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

function explain(thrown: unknown): string {
  const error = toError(thrown);
  const missing =
    error.name === NotFoundError.name ||
    ('code' in error && error.code === 'ENOENT');
  if (missing) {
    return 'There is no such file. Check the path; it goes from the folder of the file that names it.';
  }
  if (error.name === 'TimeoutError') {
    return 'The file was not read in time. It is tried again soon; check that its server answers.';
  }
  const reason = error.message.replace(/\s+/g, ' ').slice(0, REASON_MAX);
  return `The file can't be read: ${quote(reason).slice(
    1,
    -1,
  )}. It is tried again soon; check that it exists, and that the backend may read it (integrations and backend.reading.allow in the config).`;
}
