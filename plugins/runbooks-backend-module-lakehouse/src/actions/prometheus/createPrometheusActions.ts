import type {
  MetricResult,
  PrometheusConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { explainConnectionError } from '../shared/explainConnectionError';
import { explainPreviews } from '../shared/explainPreviews';
import { preflightSystem } from '../shared/preflightSystem';

/** The system in the target of `prometheus:check`. */
const PROMETHEUS_SYSTEM = 'prometheus';
const MAX_EXPRESSION_LENGTH = 4000;
const MAX_VALUES = 100;
const SHOWN = 20;

const outputSchema = z.object({
  /** Series that the expression gave. */
  count: z.number(),
  /** The figure, when it is one. */
  value: z.number().optional(),
  /** At most 100, each with its labels; without a value where it is no finite number. */
  values: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      value: z.number().optional(),
    }),
  ),
  /** Something could not be taken into account: figures may be too low. */
  partial: z.boolean(),
});

/** All actions on Prometheus. */
export function createPrometheusActions(options: {
  connections: PrometheusConnections;
}): RunbookAction[] {
  const { connections } = options;
  return explainPreviews(
    [
      createCheckAction({
        id: 'prometheus:check',
        title: 'Ask Prometheus',
        description:
          'Works out a PromQL expression for now, and tells its value or values.',
        verb: 'Ask',
        schema: {
          input: z.object({
            connection: z.string().min(1).max(255).meta({
              title: 'Prometheus',
              description: 'Connection id of the Prometheus',
            }),
            expression: z.string().min(1).max(MAX_EXPRESSION_LENGTH).meta({
              title: 'PromQL',
              description: 'An expression that gives numbers',
            }),
          }),
          output: outputSchema,
        },
        timeout: { minutes: 1 },
        target: ({ connection }) => ({
          system: PROMETHEUS_SYSTEM,
          connection,
          kind: 'server',
          name: connection,
        }),
        preflight: ({ target }) =>
          preflightSystem({
            system: 'Prometheus',
            connections,
            target,
            capabilities: [],
          }),

        async look({ input, signal }) {
          const result = await connections
            .get(input.connection)
            .query(input.expression, { signal });
          return outputOf(result);
        },

        report(input, { count, value, values, partial }) {
          const labels = [
            ...new Set(values.flatMap(each => Object.keys(each.labels))),
          ].sort();
          return {
            summary: `Prometheus ${input.connection} tells ${
              value === undefined ? `${count} values` : value
            } for ${input.expression}.`,
            metrics:
              value === undefined
                ? [{ label: 'Values', unit: 'count', after: count }]
                : [{ label: 'Value', unit: 'count', after: value }],
            samples: {
              columns: [...labels, 'Value'],
              rows: values
                .slice(0, SHOWN)
                .map(each => [
                  ...labels.map(label => each.labels[label] ?? '–'),
                  String(each.value ?? '–'),
                ]),
              total: count,
            },
            warnings: partial
              ? ['Prometheus could not take all into account.']
              : [],
          };
        },
      }),
    ],
    explainConnectionError,
  );
}

function outputOf({ series, partial }: MetricResult) {
  const values = series.map(({ labels, points }) => {
    const value = points.at(-1)?.value;
    return value === undefined
      ? { labels: { ...labels } }
      : { labels: { ...labels }, value };
  });
  const only = values.length === 1 ? values[0] : undefined;
  return {
    count: values.length,
    ...(only && 'value' in only ? { value: only.value } : {}),
    values: values.slice(0, MAX_VALUES),
    partial,
  };
}
