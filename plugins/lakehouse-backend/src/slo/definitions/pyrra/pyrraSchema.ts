import { z } from 'zod';
import { looseText, looseTexts } from '../imports/looseTexts';
import { fields, optional } from '../yaml/fields';

const query = fields({
  metric: z.string().min(1, {
    error:
      'The metric is empty, so nothing is measured. Write a metric with its labels.',
  }),
});

const grouping = optional(z.array(z.string()));

const alerting = fields({
  disabled: optional(z.boolean()),
  burnrates: optional(z.boolean()),
  absent: optional(z.boolean()),
  name: optional(z.string()),
  absentName: optional(z.string()),
  severities: optional(
    fields({
      absent: optional(z.string()),
      fastBurn: optional(z.string()),
      mediumBurn: optional(z.string()),
      slowBurn: optional(z.string()),
      longTermBurn: optional(z.string()),
    }),
  ),
});

const indicator = fields({
  ratio: optional(fields({ errors: query, total: query, grouping })),
  latency: optional(fields({ success: query, total: query, grouping })),
  latencyNative: optional(
    fields({ total: query, latency: z.string(), grouping }),
  ),
  bool_gauge: optional(fields({ metric: z.string().min(1), grouping })),
});

/** Pyrra's `ServiceLevelObjective`. Kubernetes adds fields of its own to metadata and status. */
export const pyrraObjective = fields({
  apiVersion: z.string(),
  kind: z.literal('ServiceLevelObjective', {
    error:
      'Of this apiVersion only kind: ServiceLevelObjective holds SLOs. Remove other documents.',
  }),
  metadata: z.looseObject({
    name: z.string().min(1),
    labels: optional(looseTexts),
  }),
  spec: fields({
    description: optional(z.string()),
    target: looseText,
    window: z.string(),
    indicator,
    alerting: optional(alerting),
    partial_response_strategy: optional(z.string()),
    performanceOverAccuracy: optional(z.boolean()),
    ruleOutput: optional(z.unknown()),
  }),
  status: optional(z.unknown()),
});

export type PyrraObjective = z.output<typeof pyrraObjective>;
export type PyrraIndicator = z.output<typeof indicator>;
export type PyrraAlerting = z.output<typeof alerting>;
