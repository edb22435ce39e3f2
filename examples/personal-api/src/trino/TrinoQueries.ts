import { setTimeout as sleep } from 'node:timers/promises';
import type { ZodType } from 'zod';
import { z } from 'zod';

const MAX_ROWS = 5_000;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const MAX_PAGES = 10_000;
const CANCEL_TIMEOUT_MS = 1_000;
/** Upon these a Trino client asks again. */
const ASK_AGAIN = new Set([502, 503, 504]);
const ASK_AGAIN_MS = 100;

const pageSchema = z.object({
  id: z.string(),
  nextUri: z.url().optional(),
  data: z.array(z.unknown()).optional(),
  error: z.object({ errorName: z.string(), message: z.string() }).optional(),
});
type Page = z.infer<typeof pageSchema>;

/** Trino refused or failed a query. */
export class TrinoQueryError extends Error {
  override name = 'TrinoQueryError';
}

/** Queries of one Trino over its client protocol, bounded in time and size. */
export class TrinoQueries {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  readonly #traceHeaders: () => Readonly<Record<string, string>>;

  static create(options: {
    url: string;
    user: string;
    password?: string;
    source: string;
    queryTimeoutMs: number;
    /** What ties a query to the trace of who asked. */
    traceHeaders: () => Readonly<Record<string, string>>;
  }): TrinoQueries {
    return new TrinoQueries(options);
  }

  private constructor(options: Parameters<typeof TrinoQueries.create>[0]) {
    const { user, password, source } = options;
    this.#origin = new URL(options.url).origin;
    this.#timeoutMs = options.queryTimeoutMs;
    this.#traceHeaders = options.traceHeaders;
    this.#headers = {
      'x-trino-user': user,
      'x-trino-source': source,
      ...(password !== undefined && {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString(
          'base64',
        )}`,
      }),
    };
  }

  /**
   * All rows of a query.
   *
   * @throws TrinoQueryError when it fails, takes too long or answers too much
   */
  async rows<T>(sql: string, row: ZodType<T>): Promise<T[]> {
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const headers = { ...this.#headers, ...this.#traceHeaders() };
    const rows: T[] = [];
    let page: Page | undefined;
    try {
      page = await this.#page(`${this.#origin}/v1/statement`, {
        method: 'POST',
        headers,
        body: sql,
        signal,
      });
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        if (page.error) {
          throw new TrinoQueryError(
            `${page.error.errorName}: ${page.error.message}`,
          );
        }
        rows.push(...z.array(row).parse(page.data ?? []));
        if (rows.length > MAX_ROWS) {
          throw new TrinoQueryError(`The query has more than ${MAX_ROWS} rows`);
        }
        if (page.nextUri === undefined) return rows;
        page = await this.#page(page.nextUri, {
          headers: this.#headers,
          signal,
        });
      }
      throw new TrinoQueryError(`The query has more than ${MAX_PAGES} pages`);
    } catch (error) {
      if (page?.nextUri !== undefined) await this.#cancel(page.nextUri);
      if (signal.aborted) {
        throw new TrinoQueryError(
          `Trino did not answer within ${this.#timeoutMs} ms`,
        );
      }
      throw error;
    }
  }

  async #page(
    url: string,
    init: RequestInit & { signal: AbortSignal },
  ): Promise<Page> {
    // Credentials go to no other server, whatever a page says.
    if (new URL(url).origin !== this.#origin) {
      throw new TrinoQueryError(`Trino sent us on to ${new URL(url).origin}`);
    }
    for (;;) {
      const response = await fetch(url, { ...init, redirect: 'error' }).catch(
        cause => {
          throw new TrinoQueryError(
            `Trino can't be reached at ${this.#origin}`,
            {
              cause,
            },
          );
        },
      );
      if (ASK_AGAIN.has(response.status)) {
        await response.body?.cancel();
        await sleep(ASK_AGAIN_MS, undefined, { signal: init.signal });
        continue;
      }
      const text = await readText(response);
      if (!response.ok) {
        throw new TrinoQueryError(
          `Trino answered ${response.status}: ${text.slice(0, 200)}`,
        );
      }
      return pageSchema.parse(JSON.parse(text));
    }
  }

  async #cancel(nextUri: string) {
    if (new URL(nextUri).origin !== this.#origin) return;
    await fetch(nextUri, {
      method: 'DELETE',
      headers: this.#headers,
      redirect: 'error',
      signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS),
    }).catch(() => {
      // Trino abandons a query that nobody asks for, a few minutes later.
    });
  }
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_PAGE_BYTES) {
      throw new TrinoQueryError(
        `A page of Trino is larger than ${MAX_PAGE_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
