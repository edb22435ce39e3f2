import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { CommandCounter } from './commands/CommandCounter';
import { observeChannel } from './commands/observeChannel';
import { observeClient, type RedisClient } from './commands/observeClient';
import { CacheCounters } from './counting/CacheCounters';
import { cacheMetrics } from './metrics/cacheMetrics';
import { formatMetrics } from './metrics/formatMetrics';
import {
  registerMetrics,
  type MetricsRegistry,
} from './metrics/registerMetrics';
import { defaultPrefixOf } from './prefix/defaultPrefixOf';
import { ReportPusher } from './push/ReportPusher';
import { toReport } from './push/toReport';

const WINDOW_MS = 10_000;
const MAX_PREFIXES = 200;
const DEFAULT_MAX_KEYS_IN_FLIGHT = 10_000;
const DEFAULT_FILL_TIMEOUT_MS = 60_000;

/** @public */
export interface CacheTelemetryOptions {
  /**
   * Counts the commands of this client alone, with all of their keys. Without
   * it, those of all clients of the process, by Node's diagnostics channel.
   */
  readonly redis?: RedisClient;
  /** The prefix that a key counts under; undefined sums it in `other`. */
  readonly prefixOf?: (key: string) => string | undefined;
  /** Prefixes that are told apart, 1 to 200; 100 unless told. The rest is summed in `other`. */
  readonly maxPrefixes?: number;
  /** Keys whose fill is timed at once; 10,000 unless told. */
  readonly maxKeysInFlight?: number;
  /** A write so long after the miss is no fill of it any more, in milliseconds; 60,000 unless told. */
  readonly fillTimeoutMs?: number;
  /** Sends each window to Backstage. */
  readonly push?: CacheTelemetryPushOptions;
}

/** @public */
export interface CacheTelemetryPushOptions {
  /** Base URL of the Backstage backend. */
  readonly url: string;
  /** Id of the Redis connection in Backstage's config. */
  readonly connection: string;
  /** Service token. */
  readonly token: string | (() => string | Promise<string>);
  /** Name of the application, as its queries tell Trino in `source`. */
  readonly source: string;
  /** Told when nothing can be pushed, at most once a minute; a process warning unless told. */
  readonly onProblem?: (problem: Error) => void;
  /** How requests are made; Node's own unless told. */
  readonly fetch?: typeof fetch;
}

/** @public */
export interface CacheTelemetry {
  /** In Prometheus' text format. */
  metrics(): string;
  /** Adds the metrics to a registry of prom-client. */
  registerIn(registry: MetricsRegistry): void;
  /** Stops to count; pushes what was counted, for two seconds at most. */
  stop(): Promise<void>;
}

/**
 * Counts what an application does with its cache, by key prefix: hits, misses,
 * writes, deletes, the time that a fill takes, and misses of a key that is
 * being filled already. Values are never kept. Nothing that happens within
 * reaches the application.
 *
 * @throws TypeError when the options can't be used
 * @public
 */
export function instrumentCache(
  options: CacheTelemetryOptions = {},
): CacheTelemetry {
  const { redis, push } = options;
  const counters = CacheCounters.create({
    prefixOf: options.prefixOf ?? defaultPrefixOf,
    maxPrefixes: within(
      'maxPrefixes',
      options.maxPrefixes ?? 100,
      MAX_PREFIXES,
    ),
    maxKeysInFlight: within(
      'maxKeysInFlight',
      options.maxKeysInFlight ?? DEFAULT_MAX_KEYS_IN_FLIGHT,
    ),
    fillTimeoutMs: within(
      'fillTimeoutMs',
      options.fillTimeoutMs ?? DEFAULT_FILL_TIMEOUT_MS,
    ),
  });
  const pusher = push && createPusher(push);
  const instance = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  let windowStartedAt = new Date();

  const endWindow = () => {
    const window = counters.endWindow();
    const startedAt = windowStartedAt;
    windowStartedAt = new Date();
    // A clock that was set back tells of no time.
    if (!push || windowStartedAt <= startedAt) return;
    pusher?.push(
      toReport({
        window,
        instance,
        source: push.source,
        startedAt,
        endedAt: windowStartedAt,
      }),
    );
  };
  const timer = setInterval(endWindow, WINDOW_MS).unref();
  const commands = CommandCounter.create(counters);
  const unobserve = redis
    ? observeClient(redis, commands)
    : observeChannel(commands);
  const metrics = () => cacheMetrics(counters, pusher?.counts);
  let stopped: Promise<void> | undefined;

  return {
    metrics: () => formatMetrics(metrics()),
    registerIn: registry => registerMetrics(registry, metrics),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop() {
    unobserve();
    clearInterval(timer);
    endWindow();
    await pusher?.stop();
  }
}

function createPusher(push: CacheTelemetryPushOptions): ReportPusher {
  const { url, connection, token, onProblem } = push;
  const path = `api/lakehouse/ingest/cache/${encodeURIComponent(connection)}`;
  return ReportPusher.create({
    target: {
      url: new URL(path, url.endsWith('/') ? url : `${url}/`).href,
      token: typeof token === 'string' ? () => token : token,
      fetch: push.fetch ?? fetch,
    },
    onProblem: onProblem ?? (problem => process.emitWarning(problem)),
  });
}

function within(field: string, value: number, max = Infinity): number {
  if (Number.isFinite(value) && value >= 1 && value <= max) return value;
  throw new TypeError(
    `${field} of instrumentCache is ${value}, but must be a number from 1 to ${max}`,
  );
}
