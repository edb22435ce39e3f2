import type { PrometheusSliSource } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeConnectionError,
  type MetricResult,
  type PrometheusConnection,
  type PrometheusConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { MINUTE_MS } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';
import { minutesOf, type LookResult } from './Look';
import { prometheusMinutes } from './prometheusMinutes';

const WINDOW = /\{\{\s*\.window\s*\}\}/g;
/** A minute; where scrapes are too rare for that, more. */
const WINDOWS = ['1m', '5m'] as const;

const ABSENT =
  'Prometheus has no finite value for it; a part that is absent while nothing happens can be had as 0 by "or vector(0)"';

/** Asks Prometheus for the minutes of a range, each at its end. */
export async function lookAtPrometheus(options: {
  prometheus: Pick<PrometheusConnections, 'get'>;
  series: SloSeries;
  range: MsRange;
  signal: AbortSignal;
}): Promise<LookResult> {
  const { series, range } = options;
  const { source } = series;
  if (source.type !== 'prometheus') return { minutes: new Map() };
  const expressions = expressionsOf(source.query);
  const windows = expressions.some(([, expression]) =>
    new RegExp(WINDOW).test(expression),
  )
    ? WINDOWS
    : WINDOWS.slice(0, 1);
  let last: LookResult = { minutes: new Map() };
  for (const window of windows) {
    last = await ask({ ...options, source, window, expressions });
    if (last.minutes.size || last.failed) break;
  }
  return last.minutes.size < minutesOf(range).length && !last.problem
    ? { ...last, problem: last.minutes.size ? undefined : ABSENT }
    : last;
}

async function ask(options: {
  prometheus: Pick<PrometheusConnections, 'get'>;
  series: SloSeries;
  source: PrometheusSliSource;
  range: MsRange;
  window: string;
  expressions: ReturnType<typeof expressionsOf>;
  signal: AbortSignal;
}): Promise<LookResult> {
  const { series, source, range, window, expressions } = options;
  try {
    const connection = options.prometheus.get(source.connection);
    const answers: Partial<
      Record<(typeof expressions)[number][0], MetricResult['series']>
    > = {};
    for (const [name, expression] of expressions) {
      const answer = await askRange(connection, {
        expression: expression.replace(WINDOW, window),
        range,
        signal: options.signal,
      });
      if (answer.partial) {
        return {
          minutes: new Map(),
          failed: true,
          problem: `Prometheus could not take all into account: ${
            answer.warnings[0] ?? 'it does not say why'
          }`,
        };
      }
      answers[name] = answer.series;
    }
    return { minutes: prometheusMinutes(series, answers, minutesOf(range)) };
  } catch (error) {
    return {
      minutes: new Map(),
      problem: describeConnectionError(error).reason,
      failed: true,
    };
  }
}

/** Both ends of each minute. */
function askRange(
  connection: Pick<PrometheusConnection, 'queryRange'>,
  options: { expression: string; range: MsRange; signal: AbortSignal },
): Promise<MetricResult> {
  const { expression, range, signal } = options;
  return connection.queryRange(expression, {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    stepMs: MINUTE_MS,
    signal,
  });
}

function expressionsOf(
  query: PrometheusSliSource['query'],
): ReadonlyArray<
  readonly ['good' | 'bad' | 'total' | 'raw' | 'value', string]
> {
  switch (query.kind) {
    case 'ratio':
      return [
        ['good', query.good],
        ['total', query.total],
      ];
    case 'bad-ratio':
      return [
        ['bad', query.bad],
        ['total', query.total],
      ];
    case 'raw':
      return [['raw', query.raw]];
    default:
      return [['value', query.value]];
  }
}
