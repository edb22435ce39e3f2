import { z } from 'zod';
import { parseSupersetTime } from './parseSupersetTime';

/** Nothing instead of null. */
function orNothing<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(value => value ?? undefined);
}

const id = z
  .union([z.number(), z.string().min(1)])
  .transform(value => String(value));
const optionalId = orNothing(id);
const optionalText = z
  .string()
  .nullish()
  .transform(text => text || undefined);
const optionalNumber = orNothing(z.number().finite());
const optionalTime = z
  .string()
  .nullish()
  .transform(text => parseSupersetTime(text));

/** An owner; an editor of newer versions has a label instead of a person's names. */
const person = z
  .object({
    first_name: optionalText,
    last_name: optionalText,
    username: optionalText,
    label: optionalText,
    name: optionalText,
  })
  .transform(
    one =>
      [one.first_name, one.last_name].filter(Boolean).join(' ') ||
      one.label ||
      one.name ||
      one.username,
  );
const people = z
  .array(person)
  .nullish()
  .transform(all => (all ?? []).flatMap(name => (name ? [name] : [])));

export const dashboardSchema = z
  .object({
    id,
    uuid: optionalText,
    slug: optionalText,
    dashboard_title: optionalText,
    published: orNothing(z.boolean()),
    owners: people,
    editors: people,
    changed_on_utc: optionalTime,
    changed_on: optionalTime,
    url: optionalText,
  })
  .transform(one => ({
    id: one.id,
    uuid: one.uuid,
    slug: one.slug,
    title: one.dashboard_title ?? `Dashboard ${one.id}`,
    published: one.published ?? false,
    owners: one.owners.length > 0 ? one.owners : one.editors,
    changedAt: one.changed_on_utc ?? one.changed_on,
    path: one.url,
  }));

export const chartSchema = z
  .object({
    id,
    slice_name: optionalText,
    datasource_id: optionalId,
    datasource_type: optionalText,
    cache_timeout: optionalNumber,
    changed_on_utc: optionalTime,
    dashboards: z
      .array(z.object({ id }))
      .nullish()
      .transform(all => (all ?? []).map(one => one.id)),
  })
  .transform(one => ({
    id: one.id,
    name: one.slice_name ?? `Chart ${one.id}`,
    datasetId:
      (one.datasource_type ?? 'table') === 'table'
        ? one.datasource_id
        : undefined,
    cacheTimeoutSeconds: one.cache_timeout,
    changedAt: one.changed_on_utc,
    dashboardIds: one.dashboards,
  }));

export const datasetSchema = z
  .object({
    id,
    table_name: optionalText,
    catalog: optionalText,
    schema: optionalText,
    sql: optionalText,
    database: orNothing(
      z.object({ id: optionalId, database_name: optionalText }),
    ),
    changed_on_utc: optionalTime,
    changed_on: optionalTime,
  })
  .transform(one => ({
    id: one.id,
    name: one.table_name ?? `Dataset ${one.id}`,
    databaseId: one.database?.id,
    database: one.database?.database_name ?? 'unknown',
    catalog: one.catalog,
    schema: one.schema,
    sql: one.sql,
    changedAt: one.changed_on_utc ?? one.changed_on,
  }));

export const datasetUseSchema = z
  .object({
    charts: z.object({
      result: z.array(z.object({ id, slice_name: optionalText })),
    }),
    dashboards: z.object({
      result: z.array(z.object({ id, title: optionalText })),
    }),
  })
  .transform(one => ({
    charts: one.charts.result.map(chart => ({
      id: chart.id,
      name: chart.slice_name ?? `Chart ${chart.id}`,
    })),
    dashboards: one.dashboards.result.map(dashboard => ({
      id: dashboard.id,
      title: dashboard.title ?? `Dashboard ${dashboard.id}`,
    })),
  }));

const alertFields = {
  id,
  name: optionalText,
  type: optionalText,
  active: orNothing(z.boolean()),
  last_state: optionalText,
  last_eval_dttm: optionalTime,
  changed_on: optionalTime,
  crontab: optionalText,
  timezone: optionalText,
  owners: people,
  editors: people,
};

function alertOf(one: z.output<z.ZodObject<typeof alertFields>>) {
  return {
    id: one.id,
    name: one.name ?? `Alert ${one.id}`,
    type:
      one.type?.toLowerCase() === 'report'
        ? ('report' as const)
        : ('alert' as const),
    active: one.active ?? true,
    lastState: one.last_state,
    lastEvaluatedAt: one.last_eval_dttm,
    changedAt: one.changed_on,
    crontab: one.crontab,
    timezone: one.timezone,
    owners: one.owners.length > 0 ? one.owners : one.editors,
  };
}

export const listedAlertSchema = z
  .object({ ...alertFields, chart_id: optionalId, dashboard_id: optionalId })
  .transform(one => ({
    ...alertOf(one),
    chartId: one.chart_id,
    dashboardId: one.dashboard_id,
  }));

/** `validator_config_json`, which is JSON in JSON. */
const validator = z
  .string()
  .nullish()
  .transform(text => {
    if (!text) return undefined;
    try {
      const parsed = z
        .object({ op: z.string(), threshold: optionalNumber })
        .safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : undefined;
    } catch {
      // A condition that can't be read is one that is not told.
      return undefined;
    }
  });

const within = orNothing(z.object({ id }));

export const alertSchema = z
  .object({
    ...alertFields,
    chart: within,
    dashboard: within,
    last_value: optionalNumber,
    validator_type: optionalText,
    validator_config_json: validator,
    working_timeout: optionalNumber,
    grace_period: optionalNumber,
  })
  .transform(one => ({
    ...alertOf(one),
    chartId: one.chart?.id,
    dashboardId: one.dashboard?.id,
    lastValue: one.last_value,
    validator:
      one.validator_type === 'not null'
        ? { op: 'not null' }
        : one.validator_config_json,
    workingTimeoutSeconds: one.working_timeout,
    gracePeriodSeconds: one.grace_period,
  }));

export const logRowSchema = z
  .object({
    id,
    uuid: optionalText,
    state: z.string(),
    scheduled_dttm: optionalTime,
    start_dttm: optionalTime,
    end_dttm: optionalTime,
    value: optionalNumber,
    error_message: optionalText,
  })
  .transform(one => ({
    id: one.id,
    executionId: one.uuid,
    state: one.state,
    scheduledAt: one.scheduled_dttm,
    startedAt: one.start_dttm,
    endedAt: one.end_dttm,
    value: one.value,
    errorMessage: one.error_message,
  }));

export const chartDataSchema = z.object({
  result: z
    .array(
      z.object({
        cache_key: optionalText,
        is_cached: orNothing(z.boolean()),
        cached_dttm: optionalTime,
        error: optionalText,
      }),
    )
    .min(1),
});

export const warmUpSchema = z.object({
  result: z.array(
    z.object({
      chart_id: optionalId,
      viz_error: z.unknown(),
      viz_status: optionalText,
    }),
  ),
});
