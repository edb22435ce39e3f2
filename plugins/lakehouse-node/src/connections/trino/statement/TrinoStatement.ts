import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  TrinoAbortedError,
  TrinoLimitError,
  TrinoTimeoutError,
} from '../errors';
import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import { withDeadline } from '../http/withDeadline';
import type {
  TrinoColumn,
  TrinoResult,
  TrinoStatementOptions,
  TrinoValue,
} from '../TrinoConnection';
import { createTrinoClient, TrinoClientRequest } from '../trinoClient';
import { errorOfPage } from './errorOfPage';
import { PollPacer } from './PollPacer';
import { resolveNextUri } from './resolveNextUri';
import { statementHeaders } from './statementHeaders';
import { StatementPage, statementPageSchema } from './statementPage';

const DEFAULT_MAX_ROWS = 10_000;
const END_TIMEOUT_MS = 10_000;
/** How long a caller waits for the end on the server; it goes on without them. */
const END_WAIT_MS = 3000;
const END_MAX_BYTES = 64 * 1024;

/**
 * One statement from its POST to its last page. However it goes, nothing of it is
 * left running on the server.
 */
export class TrinoStatement {
  readonly #http: TrinoHttp;
  readonly #logger: LoggerService;
  readonly #options: TrinoStatementOptions;
  readonly #closing: AbortSignal;
  readonly #maxRows: number;
  readonly #maxBytes: number;
  readonly #pacer = PollPacer.create();
  #posting: Promise<unknown> | undefined;
  #page: StatementPage | undefined;
  #columns: readonly TrinoColumn[] = [];
  #rows: Array<Record<string, TrinoValue>> = [];
  #bytes = 0;
  #truncated = false;

  /** Runs one statement to its end. */
  static async run(options: {
    http: TrinoHttp;
    logger: LoggerService;
    sql: string;
    options: TrinoStatementOptions;
    closing: AbortSignal;
  }): Promise<TrinoResult> {
    return new TrinoStatement(options).#run(options.sql);
  }

  private constructor(options: {
    http: TrinoHttp;
    logger: LoggerService;
    options: TrinoStatementOptions;
    /** Fires when the connection is closed. */
    closing: AbortSignal;
  }) {
    this.#http = options.http;
    this.#logger = options.logger;
    this.#options = options.options;
    this.#closing = options.closing;
    this.#maxRows = options.options.maxRows ?? DEFAULT_MAX_ROWS;
    this.#maxBytes =
      options.options.maxBytes ?? options.http.config.maxResponseBytes;
  }

  async #run(sql: string): Promise<TrinoResult> {
    const startedMs = performance.now();
    const { config } = this.#http;
    const timeoutMs = this.#options.timeoutMs ?? config.statementTimeoutMs;
    return withDeadline(
      { signals: [this.#options.signal, this.#closing], timeoutMs },
      async deadline => {
        try {
          await this.#exhaust(sql, deadline.signal);
        } catch (error) {
          await this.#end();
          if (deadline.timedOut()) {
            throw new TrinoTimeoutError({
              connection: config.id,
              timeoutMs,
              queryId: this.#page?.id,
            });
          }
          if (deadline.abandoned()) {
            throw new TrinoAbortedError({
              connection: config.id,
              queryId: this.#page?.id,
              cause: deadline.signal.reason,
            });
          }
          throw error;
        }
        if (this.#truncated) await this.#end();
        return this.#result(startedMs);
      },
    );
  }

  /** Lets trino-client walk all pages; what it does with them is not needed. */
  async #exhaust(sql: string, signal: AbortSignal) {
    const client = createTrinoClient({
      ...statementHeaders(this.#http.config, this.#options),
      exchange: request => this.#exchange(request, signal),
    });
    try {
      const pages = await client.query(sql);
      let done: boolean | undefined = false;
      while (!done && !this.#truncated) ({ done } = await pages.next());
    } catch (error) {
      if (!(error instanceof TrinoLimitError)) throw error;
      if (this.#options.onLimit !== 'truncate') throw this.#limitError(error);
      this.#truncated = true;
    }
  }

  async #exchange(request: TrinoClientRequest, signal: AbortSignal) {
    await this.#pacer.wait(signal);
    const sentMs = performance.now();
    const sending = this.#send(request, signal);
    if (request.method === 'POST') this.#posting = sending;
    const { page, headers } = await abortable(sending, signal);
    this.#pacer.answered({
      state: page.stats?.state,
      tookMs: performance.now() - sentMs,
      hasData: Boolean(page.data?.length),
    });
    if (request.method === 'POST') {
      await abortable(
        Promise.resolve(this.#options.onQueryId?.(page.id)),
        signal,
      );
    }
    this.#take(page);
    return { page, headers };
  }

  #send(request: TrinoClientRequest, signal: AbortSignal) {
    const { config } = this.#http;
    const isPost = request.method === 'POST';
    const what = 'An answer to a statement';
    return this.#http.send({
      what,
      method: request.method,
      path: isPost ? request.url : resolveNextUri(config, request.url),
      headers: {
        ...request.headers,
        ...(isPost ? { 'content-type': 'text/plain; charset=utf-8' } : {}),
      },
      body: request.body,
      // A POST is never broken off: only its answer tells which query to end.
      signal: isPost ? undefined : signal,
      retry: !isPost,
      maxBytes: Math.max(0, this.#maxBytes - this.#bytes),
      read: answer => {
        const page = parseJsonAnswer({
          connection: config.id,
          what,
          text: answer.text,
          schema: statementPageSchema,
        });
        this.#page = page;
        this.#bytes += answer.bytes;
        return { page, headers: answer.headers };
      },
    });
  }

  #take(page: StatementPage) {
    const error = errorOfPage(this.#http.config, page);
    this.#options.onProgress?.({
      queryId: page.id,
      state: page.stats?.state ?? (error ? 'FAILED' : 'UNKNOWN'),
      percent: page.stats?.progressPercentage,
      processedRows: page.stats?.processedRows,
      processedBytes: page.stats?.processedBytes,
    });
    if (error) throw error;
    if (page.columns) this.#columns = page.columns;
    for (const row of page.data ?? []) {
      if (this.#rows.length === this.#maxRows) {
        throw new TrinoLimitError({
          what: `The result of query ${page.id}`,
          limit: this.#maxRows,
          unit: 'rows',
          remedy: 'Add a LIMIT or a narrower WHERE to the statement.',
          queryId: page.id,
        });
      }
      this.#rows.push(
        Object.fromEntries(
          this.#columns.map((column, index) => [column.name, row[index]]),
        ),
      );
    }
  }

  #limitError(error: TrinoLimitError) {
    if (error.unit === 'rows') return error;
    return new TrinoLimitError({
      what: `The result of query ${this.#page?.id ?? 'without an id'}`,
      limit: this.#maxBytes,
      unit: 'bytes',
      remedy:
        'Ask for fewer rows or columns, or raise lakehouse.trino.connections[].maxResponseBytes.',
      queryId: this.#page?.id,
    });
  }

  /** Ends the query on the server if it may still run there. Never throws. */
  async #end(): Promise<void> {
    const ending = this.#endOnServer().catch(error => {
      this.#logger.warn(
        `Query ${
          this.#page?.id ?? 'that has no id yet'
        } could not be ended; Trino ends it by itself when nobody asks for its result (query.client.timeout): ${
          toError(error).message
        }`,
      );
    });
    await Promise.race([ending, sleep(END_WAIT_MS, undefined, { ref: false })]);
  }

  async #endOnServer() {
    // What went wrong with it was told already.
    await this.#posting?.catch(() => undefined);
    const page = this.#page;
    if (!page?.nextUri) return;
    await this.#http.send({
      what: 'The end of a query',
      method: 'DELETE',
      path: pathToEnd(this.#http, page, page.nextUri),
      timeoutMs: END_TIMEOUT_MS,
      maxBytes: END_MAX_BYTES,
      statuses: [200, 204, 404, 410],
      bypassBreaker: true,
      read: () => undefined,
    });
  }

  #result(startedMs: number): TrinoResult {
    return {
      queryId: this.#page?.id ?? '',
      columns: this.#columns,
      rows: this.#rows,
      truncated: this.#truncated,
      updateType: this.#page?.updateType,
      updateCount: this.#page?.updateCount,
      elapsedMs: performance.now() - startedMs,
    };
  }
}

/** A statement's own address needs no right; the other needs to own the query. */
function pathToEnd(http: TrinoHttp, page: StatementPage, nextUri: string) {
  try {
    return resolveNextUri(http.config, nextUri);
  } catch {
    return `/v1/query/${encodeURIComponent(page.id)}`;
  }
}

/** Stops waiting when the signal fires; what was waited for goes on. */
async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
