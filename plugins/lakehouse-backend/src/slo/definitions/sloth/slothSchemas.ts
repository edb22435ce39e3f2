import { z } from 'zod';
import { looseTexts } from '../imports/looseTexts';
import { fields, optional } from '../yaml/fields';

const anything = z.unknown();

/** What both of Sloth's formats say of an SLO. */
export interface SlothSlo {
  readonly name: string;
  readonly description?: string;
  readonly objective: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly plugins?: unknown;
  readonly errorQuery?: string;
  readonly totalQuery?: string;
  readonly rawQuery?: string;
  readonly pluginId?: string;
  readonly alerting?: SlothAlerting;
}

export interface SlothAlert {
  readonly disable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface SlothAlerting extends Omit<SlothAlert, 'disable'> {
  readonly name?: string;
  readonly page?: SlothAlert;
  readonly ticket?: SlothAlert;
}

export interface SlothGroup {
  readonly service: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly plugins?: unknown;
  readonly slos: readonly SlothSlo[];
}

/** How the fields are called that the two formats write differently. */
export interface SlothFields {
  readonly errorQuery: string;
  readonly totalQuery: string;
  readonly rawQuery: string;
  readonly page: string;
  readonly ticket: string;
  readonly plugins: string;
}

export const FILE_FIELDS: SlothFields = {
  errorQuery: 'error_query',
  totalQuery: 'total_query',
  rawQuery: 'error_ratio_query',
  page: 'page_alert',
  ticket: 'ticket_alert',
  plugins: 'slo_plugins',
};

export const RESOURCE_FIELDS: SlothFields = {
  errorQuery: 'errorQuery',
  totalQuery: 'totalQuery',
  rawQuery: 'errorRatioQuery',
  page: 'pageAlert',
  ticket: 'ticketAlert',
  plugins: 'sloPlugins',
};

const name = z.string().regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/, {
  error:
    "The name is empty or has characters that Sloth does not take. Write letters, digits, '-', '_' and '.', with a letter or digit at both ends.",
});

const alert = fields({
  disable: optional(z.boolean()),
  labels: optional(looseTexts),
  annotations: optional(looseTexts),
});

const alertingHead = {
  name: optional(z.string()),
  labels: optional(looseTexts),
  annotations: optional(looseTexts),
};

const plugin = optional(
  fields({ id: z.string(), options: optional(looseTexts) }),
);

const sloHead = {
  name,
  description: optional(z.string()),
  objective: z.number(),
  labels: optional(looseTexts),
  plugins: optional(anything),
};

const fileSlo = fields({
  ...sloHead,
  sli: fields({
    raw: optional(fields({ error_ratio_query: z.string() })),
    events: optional(
      fields({ error_query: z.string(), total_query: z.string() }),
    ),
    plugin,
  }),
  alerting: optional(
    fields({
      ...alertingHead,
      page_alert: optional(alert),
      ticket_alert: optional(alert),
    }),
  ),
}).transform(
  ({ sli, alerting, ...rest }): SlothSlo => ({
    ...rest,
    errorQuery: sli.events?.error_query,
    totalQuery: sli.events?.total_query,
    rawQuery: sli.raw?.error_ratio_query,
    pluginId: sli.plugin?.id,
    alerting: alerting && {
      name: alerting.name,
      labels: alerting.labels,
      annotations: alerting.annotations,
      page: alerting.page_alert,
      ticket: alerting.ticket_alert,
    },
  }),
);

const resourceSlo = fields({
  ...sloHead,
  sli: fields({
    raw: optional(fields({ errorRatioQuery: z.string() })),
    events: optional(
      fields({ errorQuery: z.string(), totalQuery: z.string() }),
    ),
    plugin,
  }),
  alerting: optional(
    fields({
      ...alertingHead,
      pageAlert: optional(alert),
      ticketAlert: optional(alert),
    }),
  ),
}).transform(
  ({ sli, alerting, ...rest }): SlothSlo => ({
    ...rest,
    errorQuery: sli.events?.errorQuery,
    totalQuery: sli.events?.totalQuery,
    rawQuery: sli.raw?.errorRatioQuery,
    pluginId: sli.plugin?.id,
    alerting: alerting && {
      name: alerting.name,
      labels: alerting.labels,
      annotations: alerting.annotations,
      page: alerting.pageAlert,
      ticket: alerting.ticketAlert,
    },
  }),
);

function listOf<T extends z.ZodType>(slo: T) {
  return z.array(slo).min(1, {
    error: 'There is no SLO in it. Write at least one under slos.',
  });
}

/** A file of Sloth, `version: prometheus/v1`. */
export const slothFile = fields({
  version: z.string(),
  service: z.string().min(1),
  labels: optional(looseTexts),
  slo_plugins: optional(anything),
  slos: listOf(fileSlo),
}).transform(
  ({ service, labels, slo_plugins: plugins, slos }): SlothGroup => ({
    service,
    labels,
    plugins,
    slos,
  }),
);

/** Kubernetes adds fields of its own to metadata and status. */
export const slothResource = fields({
  apiVersion: z.string(),
  kind: z.literal('PrometheusServiceLevel', {
    error:
      'Of this apiVersion only kind: PrometheusServiceLevel holds SLOs. Remove other documents.',
  }),
  metadata: z.looseObject({ name: z.string() }),
  spec: fields({
    service: z.string().min(1),
    labels: optional(looseTexts),
    sloPlugins: optional(anything),
    slos: listOf(resourceSlo),
  }),
  status: optional(anything),
}).transform(
  ({ spec }): SlothGroup => ({
    service: spec.service,
    labels: spec.labels,
    plugins: spec.sloPlugins,
    slos: spec.slos,
  }),
);
