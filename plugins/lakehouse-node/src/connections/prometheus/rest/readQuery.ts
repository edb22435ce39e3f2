import { z } from 'zod';
import { prometheusErrors } from '../errors';
import type {
  MetricPoint,
  MetricResult,
  MetricSeries,
} from '../PrometheusConnection';
import type { PrometheusHttp } from '../PrometheusHttp';
import { answerSchema } from './answerSchema';
import { toPoint } from './toPoint';

const sampleSchema = z.tuple([z.number(), z.string()]);
const labelsSchema = z.record(z.string(), z.string());

/** Of a native histogram there is `histogram` instead of `value`. */
const dataSchema = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({ metric: labelsSchema, value: sampleSchema.optional() }),
    ),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: labelsSchema,
        values: z.array(sampleSchema).optional(),
      }),
    ),
  }),
  z.object({ resultType: z.literal('scalar'), result: sampleSchema }),
  z.object({ resultType: z.literal('string'), result: sampleSchema }),
]);

const schema = answerSchema(dataSchema);

type Sample = z.output<typeof sampleSchema>;

/** Asks a query, and reads the answer within the bound on series. */
export async function readQuery(options: {
  http: PrometheusHttp;
  resource: 'query' | 'query_range';
  parameters: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}): Promise<MetricResult> {
  const { http } = options;
  const { id, maxSeries } = http.config;
  const answer = await http.ask({
    ...options,
    what: 'The answer to the query',
    schema,
  });
  const found = seriesOf(answer.data);
  if (found.length > maxSeries) {
    throw prometheusErrors.limit({
      what: 'The answer to the query',
      limit: maxSeries,
      unit: 'series',
      remedy: `Ask for fewer, by matchers or by an aggregation, or raise lakehouse.prometheus.connections[].maxSeries of '${id}'.`,
    });
  }
  const unread = found.filter(({ samples }) => samples === undefined).length;
  const warnings = [...(answer.warnings ?? [])];
  return {
    series: found.map(
      ({ labels, samples }): MetricSeries => ({
        labels,
        points: (samples ?? []).flatMap((sample): MetricPoint[] => {
          const point = toPoint(sample);
          if (!point) {
            throw prometheusErrors.unavailable({
              connection: id,
              kind: 'bad-response',
              reason: `the answer to the query holds ${JSON.stringify(
                sample,
              ).slice(0, 60)}, which is no number`,
              remedy: 'ask for an expression of numbers',
            });
          }
          return [point];
        }),
      }),
    ),
    // Prometheus warns only of what makes the answer doubtful; hints are infos.
    partial: warnings.length > 0,
    warnings: unread
      ? [...warnings, `${unread} series are native histograms, not read here`]
      : warnings,
    infos: answer.infos ?? [],
  };
}

function seriesOf(
  data: z.output<typeof dataSchema>,
): Array<{ labels: Record<string, string>; samples?: Sample[] }> {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value }) => ({
        labels: metric,
        samples: value && [value],
      }));
    case 'matrix':
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        samples: values,
      }));
    default:
      return [{ labels: {}, samples: [data.result] }];
  }
}
