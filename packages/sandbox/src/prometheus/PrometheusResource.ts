import type { HttpRequest } from '../http/startHttpServer';
import { json, plain, type Reply } from '../server/Reply';
import { alertsOf } from './alertsOf';
import { evaluate, type Value } from './promql/evaluate';
import type { Expression } from './promql/Expression';
import { parsePromQl } from './promql/parsePromQl';
import { PromQlError } from './promql/PromQlError';
import type { PrometheusWorld } from './PrometheusWorld';

/** More points for a series are refused. Source: web/api/v1/api.go of Prometheus 2.42. */
const MAX_POINTS = 11_000;
const VERSION = '2.42.0';

/** The part of Prometheus' HTTP API that the sandbox answers. */
export class PrometheusResource {
  readonly #world: PrometheusWorld;

  private constructor(world: PrometheusWorld) {
    this.#world = world;
  }

  static create(world: PrometheusWorld): PrometheusResource {
    return new PrometheusResource(world);
  }

  answer(request: HttpRequest): Reply {
    const parameters =
      request.method === 'POST'
        ? new URLSearchParams(request.body)
        : request.query;
    try {
      return this.#route(request.path, parameters);
    } catch (error) {
      if (error instanceof PromQlError) return badData(error.message);
      throw error;
    }
  }

  #route(path: string, parameters: URLSearchParams): Reply {
    switch (path) {
      case '/-/ready':
      case '/-/healthy':
        return plain(200, 'Prometheus Server is Ready.\n');
      case '/api/v1/status/buildinfo':
        return success({ version: VERSION, goVersion: 'sandbox' });
      case '/api/v1/query':
        return this.#instant(parameters);
      case '/api/v1/query_range':
        return this.#range(parameters);
      case '/api/v1/alerts':
        return success({ alerts: alertsOf(this.#world) });
      case '/api/v1/targets':
        return success({ activeTargets: this.#targets(), droppedTargets: [] });
      default:
        return plain(404, '404 page not found\n');
    }
  }

  #instant(parameters: URLSearchParams): Reply {
    const expression = expressionOf(parameters);
    const atMs = timeOf(parameters, 'time', this.#world.nowMs());
    const value = evaluate(this.#world, expression, atMs);
    if (value.type === 'scalar') {
      return success({
        resultType: 'scalar',
        result: [atMs / 1000, formatNumber(value.value)],
      });
    }
    return success({
      resultType: 'vector',
      result: value.samples.map(sample => ({
        metric: sample.labels,
        value: [atMs / 1000, formatNumber(sample.value)],
      })),
    });
  }

  #range(parameters: URLSearchParams): Reply {
    const expression = expressionOf(parameters);
    const startMs = timeOf(parameters, 'start');
    const endMs = timeOf(parameters, 'end');
    const stepMs = Number(parameters.get('step')) * 1000;
    if (!(stepMs > 0)) {
      return badData(
        'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
      );
    }
    if (endMs < startMs) {
      return badData(
        'invalid parameter "end": end timestamp must not be before start time',
      );
    }
    if ((endMs - startMs) / stepMs > MAX_POINTS) {
      return badData(
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      );
    }
    const found = new Map<
      string,
      { metric: Readonly<Record<string, string>>; values: [number, string][] }
    >();
    for (let atMs = startMs; atMs <= endMs; atMs += stepMs) {
      for (const { labels, value } of samplesOf(
        evaluate(this.#world, expression, atMs),
      )) {
        const key = JSON.stringify(labels);
        const series = found.get(key) ?? { metric: labels, values: [] };
        series.values.push([atMs / 1000, formatNumber(value)]);
        found.set(key, series);
      }
    }
    return success({ resultType: 'matrix', result: [...found.values()] });
  }

  #targets() {
    const nowMs = this.#world.nowMs();
    const ups = evaluate(this.#world, parsePromQl('up'), nowMs);
    return samplesOf(ups).map(({ labels, value }) => {
      const { __name__: _, ...rest } = labels;
      const scrapeUrl = `http://${rest.instance}/metrics`;
      return {
        discoveredLabels: { __address__: rest.instance, job: rest.job },
        labels: rest,
        scrapePool: rest.job,
        scrapeUrl,
        globalUrl: scrapeUrl,
        lastError: value === 1 ? '' : `Get "${scrapeUrl}": connection refused`,
        lastScrape: new Date(nowMs - (nowMs % 15_000)).toISOString(),
        lastScrapeDuration: 0.01,
        health: value === 1 ? 'up' : 'down',
        scrapeInterval: '15s',
        scrapeTimeout: '10s',
      };
    });
  }
}

function samplesOf(value: Value) {
  return value.type === 'vector'
    ? value.samples
    : [{ labels: {}, value: value.value }];
}

function expressionOf(parameters: URLSearchParams): Expression {
  const text = parameters.get('query') ?? '';
  try {
    return parsePromQl(text);
  } catch (error) {
    if (!(error instanceof PromQlError)) throw error;
    throw new PromQlError(`invalid parameter "query": ${error.message}`);
  }
}

/** Seconds since 1970, or a time in ISO. */
function timeOf(
  parameters: URLSearchParams,
  name: string,
  otherwiseMs?: number,
): number {
  const text = parameters.get(name);
  if (text === null && otherwiseMs !== undefined) return otherwiseMs;
  const seconds = Number(text ?? NaN);
  const ms = Number.isNaN(seconds) ? Date.parse(text ?? '') : seconds * 1000;
  if (Number.isNaN(ms)) {
    throw new PromQlError(
      `invalid parameter "${name}": cannot parse "${text}" to a valid timestamp`,
    );
  }
  return ms;
}

function formatNumber(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

function success(data: Parameters<typeof json>[0]): Reply {
  return json({ status: 'success', data });
}

function badData(error: string): Reply {
  return {
    ...json({ status: 'error', errorType: 'bad_data', error }),
    status: 400,
  };
}
