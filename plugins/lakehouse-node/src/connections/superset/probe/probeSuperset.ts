import { toError } from '@backstage/errors';
import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { describeConnectionError } from '../../shared/describeConnectionError';
import type { SystemCapabilities } from '../../shared/SystemConnection';
import type { SupersetHttp } from '../http/SupersetHttp';
import { pagePath } from '../rest/listPages';
import { readPaths, type SupersetPaths } from './readPaths';

const rolesSchema = z.object({
  result: z.object({
    roles: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  }),
});
const listSchema = z.object({ count: z.number() });

/** Alerts and reports are switched off. */
class AlertsOffError extends Error {}

/** What the probe works with. */
export interface ProbeOptions {
  readonly http: SupersetHttp;
  /** Asks for a CSRF token as a change would. */
  readonly readCsrf: () => Promise<unknown>;
  readonly signal: AbortSignal;
}

/**
 * Finds out what the account may do and this Superset offers, without changing
 * anything: reads by trying them, changes by the permissions of its roles and by the
 * calls that its API description names.
 *
 * @throws the error of the first read when Superset can't be asked at all
 */
export async function probeSuperset(
  options: ProbeOptions,
): Promise<SystemCapabilities> {
  const { http, signal } = options;
  const roles = await http.reply({
    what: "The account's roles",
    method: 'GET',
    path: '/api/v1/me/roles/',
    signal,
    statuses: [403, 404],
    schema: rolesSchema,
  });
  const granted = roles.body
    ? new Set(
        Object.values(roles.body.result.roles)
          .flat()
          .map(([permission, view]) => `${permission} on ${view}`),
      )
    : undefined;
  const [paths, reads, csrf] = await Promise.all([
    readPaths({ http, signal }),
    probeReads(options),
    attempt('csrf', options.readCsrf),
  ]);
  return {
    probedAt: new Date().toISOString(),
    version: paths.version,
    capabilities: [
      ...reads,
      csrf,
      allDatasources(granted),
      ...changes({ granted, paths, csrf }),
    ],
  };
}

const READS = [
  { id: 'dashboards.read', path: '/api/v1/dashboard/' },
  { id: 'charts.read', path: '/api/v1/chart/' },
  { id: 'datasets.read', path: '/api/v1/dataset/' },
] as const;

async function probeReads({
  http,
  signal,
}: ProbeOptions): Promise<Capability[]> {
  const first = (path: string) =>
    pagePath(path, { columns: ['id'], page: 0, pageSize: 1 });
  const lists = READS.map(({ id, path }) =>
    attempt(id, () =>
      http.json({
        what: 'A list',
        method: 'GET',
        path: first(path),
        signal,
        schema: listSchema,
      }),
    ),
  );
  const alerts = attempt('alerts.read', async () => {
    const { status } = await http.reply({
      what: 'The list of alerts',
      method: 'GET',
      path: first('/api/v1/report/'),
      signal,
      statuses: [404],
      schema: listSchema,
    });
    if (status === 404) throw new AlertsOffError();
  });
  const [read, ...rest] = await Promise.all([alerts, ...lists]);
  // Both are one permission of Superset's, can_read on ReportSchedule.
  return [...rest, read, { ...read, id: 'alerts.log' }];
}

async function attempt(
  id: string,
  run: () => Promise<unknown>,
): Promise<Capability> {
  try {
    await run();
    return { id, available: true };
  } catch (error) {
    if (error instanceof AlertsOffError) {
      return {
        id,
        available: false,
        notOffered: true,
        reason: 'alerts and reports are switched off in this Superset',
        remedy:
          "set FEATURE_FLAGS['ALERT_REPORTS'] = True in Superset's config, if they are wanted",
      };
    }
    const { reason, remedy } = describeConnectionError(toError(error));
    return { id, available: false, reason, remedy };
  }
}

function allDatasources(granted: ReadonlySet<string> | undefined): Capability {
  const id = 'datasources.all';
  const right = 'all_datasource_access on all_datasource_access';
  if (!granted) return untold(id, right);
  return granted.has(right)
    ? { id, available: true }
    : {
        id,
        available: false,
        reason:
          'the account may not read all datasources, so that dashboards and datasets may be missing, and only alerts that it owns are seen',
        remedy: `add ${right} to a role of the account`,
      };
}

const CHANGES = [
  {
    id: 'cache.invalidate',
    right: 'can_invalidate on CacheRestApi',
    path: '/api/v1/cachekey/invalidate',
  },
  {
    id: 'cache.warm',
    right: 'can_warm_up_cache on Chart',
    path: '/api/v1/chart/warm_up_cache',
  },
  {
    id: 'alerts.execute',
    right: 'can_write on ReportSchedule',
    path: '/api/v1/report/{pk}/execute',
  },
  {
    id: 'alerts.write',
    right: 'can_write on ReportSchedule',
    path: '/api/v1/report/{pk}',
  },
] as const;

function changes(options: {
  granted: ReadonlySet<string> | undefined;
  paths: SupersetPaths;
  csrf: Capability;
}): Capability[] {
  const { granted, paths, csrf } = options;
  return CHANGES.map(({ id, right, path }) => {
    if (paths.known && !paths.known.has(path)) {
      return {
        id,
        available: false,
        reason: `this Superset (${
          paths.version ?? 'version unknown'
        }) has no ${path}`,
        remedy: 'use a newer Superset for it',
      };
    }
    if (!paths.known && id === 'alerts.execute') {
      return {
        id,
        available: false,
        reason: `it can't be told whether this Superset can: ${paths.reason}`,
        remedy: 'add can_get on OpenApi to a role of the account',
      };
    }
    if (!csrf.available) return { ...csrf, id };
    // Superset older than me/roles: the change itself will tell.
    if (!granted || granted.has(right)) return { id, available: true };
    return {
      id,
      available: false,
      reason: `the account has not ${right}`,
      remedy: `add ${right} to a role of the account`,
    };
  });
}

function untold(id: string, right: string): Capability {
  return {
    id,
    available: false,
    reason: "Superset does not tell the account's roles",
    remedy: `see that a role of the account has ${right}`,
  };
}
