import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  TrinoAbortedError,
  TrinoLimitError,
  TrinoTimeoutError,
} from '../errors';
import { abortable } from '../../http/abortable';
import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import { withDeadline } from '../../http/withDeadline';
import type { TrinoResult, TrinoStatementOptions } from '../TrinoConnection';
import { createTrinoClient, TrinoClientRequest } from '../trinoClient';
import { endQuery } from './endQuery';
import { errorOfForgottenQuery } from './errorOfForgottenQuery';
import { errorOfPage } from './errorOfPage';
import { PollPacer } from './PollPacer';
import { resolveNextUri } from './resolveNextUri';
import { StatementRows } from './StatementRows';
import type { StatementSlots } from './StatementSlots';
import { statementHeaders } from './statementHeaders';
import { StatementPage, statementPageSchema } from './statementPage';

const DEFAULT_MAX_ROWS = 10_000;
/** How long a caller waits for the end on the server; it goes on without them. */
const END_WAIT_MS = 3000;

/**
 * One statement from its POST to its last page. However it goes, nothing of it is
 * left running on the server.
 */
export class TrinoStatement {
  readonly #http: TrinoHttp;
  readonly #logger: LoggerService;
  readonly #options: TrinoStatementOptions;
  readonly #closing: AbortSignal;
  readonly #rows: StatementRows;
  readonly #maxBytes: number;
  readonly #pacer = PollPacer.create();
  #posting: Promise<unknown> | undefined;
  #page: StatementPage | undefined;
  #bytes = 0;
  #truncated = false;

  /** Runs one statement to its end. */
  static async run(options: {
    http: TrinoHttp;
    logger: LoggerService;
    slots: StatementSlots;
    sql: string;
    options: TrinoStatementOptions;
    closing: AbortSignal;
  }): Promise<TrinoResult> {
    return new TrinoStatement(options).#run(options);
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
    this.#rows = StatementRows.create(
      options.options.maxRows ?? DEFAULT_MAX_ROWS,
    );
    this.#maxBytes =
      options.options.maxBytes ?? options.http.config.maxResponseBytes;
  }

  async #run(options: {
    sql: string;
    slots: StatementSlots;
  }): Promise<TrinoResult> {
    const startedMs = performance.now();
    const { config } = this.#http;
    const timeoutMs = this.#options.timeoutMs ?? config.statementTimeoutMs;
    return withDeadline(
      { signals: [this.#options.signal, this.#closing], timeoutMs },
      async deadline => {
        let giveBack = () => {};
        try {
          giveBack = await options.slots.take(deadline.signal);
          await this.#exhaust(options.sql, deadline.signal);
          if (this.#truncated) await this.#end();
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
        } finally {
          giveBack();
        }
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
      statuses: isPost ? [200] : [200, 404, 410],
      read: answer => {
        if (answer.status !== 200) {
          throw errorOfForgottenQuery(config, {
            queryId: this.#page?.id,
            status: answer.status,
          });
        }
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
    this.#rows.take(page);
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
    if (this.#page) await endQuery(this.#http, this.#page);
  }

  #result(startedMs: number): TrinoResult {
    return {
      queryId: this.#page?.id ?? '',
      columns: this.#rows.columns,
      rows: this.#rows.rows,
      truncated: this.#truncated,
      updateType: this.#page?.updateType,
      updateCount: this.#page?.updateCount,
      elapsedMs: performance.now() - startedMs,
    };
  }
}
