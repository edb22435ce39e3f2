import type { ExactJson } from '../protocol/exactJson';
import type { SandboxAlert, SandboxLogRow } from './SupersetAlerts';
import type {
  SandboxChart,
  SandboxDashboard,
  SandboxDataset,
} from './supersetSeed';
import type { SupersetWorld } from './SupersetWorld';

type Row = Record<string, ExactJson>;

/** A time as Superset's database writes it: UTC, without saying so. */
export function naive(ms: number | undefined): string | null {
  return ms === undefined
    ? null
    : new Date(ms).toISOString().replace(/(\.000)?Z$/, '');
}

/** A time with its zone, as `changed_on_utc` has it. */
function zoned(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+0000');
}

function person(world: SupersetWorld, id: number): Row[] {
  return world.users
    .filter(user => user.id === id)
    .map(user => ({
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
    }));
}

export function dashboardRow(world: SupersetWorld, one: SandboxDashboard): Row {
  return {
    id: one.id,
    uuid: one.uuid,
    slug: one.slug,
    dashboard_title: one.title,
    published: one.published,
    changed_on_utc: zoned(one.changedMs),
    url: `/superset/dashboard/${one.slug}/`,
    owners: person(world, one.ownerId),
  };
}

export function chartRow(one: SandboxChart): Row {
  return {
    id: one.id,
    slice_name: one.name,
    datasource_id: one.datasetId,
    datasource_type: 'table',
    cache_timeout: one.cacheTimeoutSeconds ?? null,
    changed_on_utc: zoned(one.changedMs),
    dashboards: one.dashboardIds.map(id => ({
      id,
      dashboard_title: String(id),
    })),
  };
}

export function datasetRow(world: SupersetWorld, one: SandboxDataset): Row {
  const database = world.databases.find(({ id }) => id === one.databaseId);
  return {
    id: one.id,
    uuid: one.uuid,
    table_name: one.name,
    catalog: one.catalog ?? null,
    schema: one.schema,
    sql: one.sql ?? null,
    changed_on_utc: zoned(one.changedMs),
    database: {
      id: one.databaseId,
      database_name: database?.name ?? '',
      backend: database?.backend ?? '',
    },
  };
}

export function alertRow(world: SupersetWorld, one: SandboxAlert): Row {
  return {
    id: one.id,
    name: one.name,
    type: one.type,
    active: one.active,
    last_state: one.lastState ?? null,
    last_eval_dttm: naive(one.lastEvaluatedMs),
    changed_on: naive(one.changedMs),
    changed_on_utc: zoned(one.changedMs),
    crontab: one.crontab,
    timezone: 'UTC',
    chart_id: one.chartId ?? null,
    dashboard_id: one.dashboardId ?? null,
    owners: person(world, one.ownerId),
  };
}

export function alertDetails(world: SupersetWorld, one: SandboxAlert): Row {
  return {
    ...alertRow(world, one),
    chart: one.chartId === undefined ? null : { id: one.chartId },
    dashboard: one.dashboardId === undefined ? null : { id: one.dashboardId },
    last_value: one.lastValue ?? null,
    validator_type: one.type === 'Alert' ? 'operator' : null,
    validator_config_json:
      one.type === 'Alert'
        ? JSON.stringify({ op: one.operator, threshold: one.threshold })
        : null,
    working_timeout: one.workingTimeoutSeconds,
    grace_period: one.gracePeriodSeconds,
  };
}

export function logRow(row: SandboxLogRow): Row {
  return {
    id: row.id,
    uuid: row.uuid,
    state: row.state,
    scheduled_dttm: naive(row.scheduledMs),
    start_dttm: naive(row.startMs),
    end_dttm: naive(row.endMs),
    value: row.value ?? null,
    error_message: row.error ?? null,
  };
}
