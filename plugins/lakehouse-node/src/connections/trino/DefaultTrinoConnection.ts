import type { LoggerService } from '@backstage/backend-plugin-api';
import type { QueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnectionConfig } from './config';
import { RefusalWatch } from '../shared/RefusalWatch';
import { TrinoHttp } from './http/TrinoHttp';
import { CapabilityCache } from './probe/CapabilityCache';
import { probeCapabilities } from './probe/probeCapabilities';
import { getQuery } from './rest/getQuery';
import { killQuery } from './rest/killQuery';
import { listQueries } from './rest/listQueries';
import { readInfo } from './rest/readInfo';
import { readMetrics } from './rest/readMetrics';
import { readResourceGroups } from './rest/readResourceGroups';
import { StatementSlots } from './statement/StatementSlots';
import { TrinoStatement } from './statement/TrinoStatement';
import type {
  TrinoCapabilities,
  TrinoConnection,
  TrinoKillResult,
  TrinoListedQuery,
  TrinoResourceGroup,
  TrinoResult,
  TrinoStatementOptions,
} from './TrinoConnection';

const CANCEL_MAX_BYTES = 64 * 1024;

/**
 * {@link TrinoConnection} over HTTP.
 *
 * @public
 */
export class DefaultTrinoConnection implements TrinoConnection {
  readonly #config: TrinoConnectionConfig;
  readonly #logger: LoggerService;
  readonly #http: TrinoHttp;
  readonly #slots: StatementSlots;
  readonly #capabilities: CapabilityCache;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #refusals = RefusalWatch.create(() => this.#capabilities.doubt());

  static create(options: {
    config: TrinoConnectionConfig;
    logger: LoggerService;
  }): DefaultTrinoConnection {
    return new DefaultTrinoConnection(options);
  }

  private constructor(options: {
    config: TrinoConnectionConfig;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#logger = options.logger;
    this.#http = TrinoHttp.create(options.config);
    this.#slots = StatementSlots.create(options.config.id);
    const signal = this.#closing.signal;
    this.#capabilities = CapabilityCache.create({
      ttlMs: options.config.capabilitiesTtlMs,
      readInfo: () => readInfo({ http: this.#http, signal }),
      probe: info =>
        probeCapabilities(
          {
            http: this.#http,
            logger: this.#logger,
            runStatement: (sql, own) => this.#run(sql, own),
            signal,
          },
          info,
        ),
    });
  }

  get id(): string {
    return this.#config.id;
  }

  get title(): string {
    return this.#config.title;
  }

  get uiUrl(): string | undefined {
    return this.#config.uiUrl;
  }

  get user(): string {
    return this.#config.user;
  }

  get source(): string {
    return this.#config.source;
  }

  query(
    sql: string,
    options: TrinoStatementOptions = {},
  ): Promise<TrinoResult> {
    return this.#refusals.over(() => this.#run(sql, options));
  }

  async cancel(queryId: string): Promise<void> {
    await this.#refusals.over(() =>
      this.#http.send({
        what: 'The answer to a cancel',
        method: 'DELETE',
        path: `/v1/query/${encodeURIComponent(queryId)}`,
        maxBytes: CANCEL_MAX_BYTES,
        statuses: [200, 204, 404, 410],
        read: () => undefined,
      }),
    );
  }

  /**
   * Kills by `PUT /v1/query/{id}/killed`, and where that is refused or not passed on by
   * `CALL system.runtime.kill_query`: the first needs fewer rights and no place in a
   * queue that may be what is to be freed, the second passes gateways.
   */
  kill(queryId: string, message: string): Promise<TrinoKillResult> {
    return this.#refusals.over(() =>
      killQuery({
        http: this.#http,
        queryId,
        message,
        runStatement: sql => this.#run(sql, {}),
      }),
    );
  }

  listQueries(
    options: { states?: readonly QueryState[]; signal?: AbortSignal } = {},
  ): Promise<TrinoListedQuery[]> {
    return this.#refusals.over(() =>
      listQueries({ ...options, http: this.#http, logger: this.#logger }),
    );
  }

  getQuery(
    queryId: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<TrinoListedQuery | undefined> {
    return this.#refusals.over(() =>
      getQuery({ ...options, http: this.#http, queryId }),
    );
  }

  metrics(
    names: readonly string[],
    options: { signal?: AbortSignal } = {},
  ): Promise<ReadonlyMap<string, number>> {
    return this.#refusals.over(() =>
      readMetrics({ ...options, http: this.#http, names }),
    );
  }

  resourceGroups(
    root: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<TrinoResourceGroup[]> {
    return this.#refusals.over(() =>
      readResourceGroups({ ...options, http: this.#http, root }),
    );
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<TrinoCapabilities> {
    return this.#refusals.over(() => this.#capabilities.get(options));
  }

  status() {
    return {
      capabilities: this.#capabilities.last,
      available: this.#http.breaker.available,
      lastError: this.#http.breaker.lastError ?? this.#refusals.lastError,
    };
  }

  /** Ends running statements on the server, then all sockets. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the backend is shutting down'));
    await Promise.allSettled(this.#running);
    await this.#http.close();
  }

  async #run(
    sql: string,
    options: TrinoStatementOptions,
  ): Promise<TrinoResult> {
    const running = TrinoStatement.run({
      http: this.#http,
      logger: this.#logger,
      slots: this.#slots,
      sql,
      options,
      closing: this.#closing.signal,
    });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}
