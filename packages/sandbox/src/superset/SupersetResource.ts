import { z } from 'zod';
import type { HttpRequest } from '../http/startHttpServer';
import { header } from '../server/Exchange';
import { json, plain, type Reply } from '../server/Reply';
import type { SupersetAccounts } from './SupersetAccounts';
import type { SupersetFaults } from './SupersetFaults';
import { listReply } from './listReply';
import {
  alertRow,
  alertDetails,
  chartRow,
  dashboardRow,
  datasetRow,
  logRow,
  naive,
} from './supersetRows';
import type { SandboxUser } from './supersetSeed';
import type { SupersetWorld } from './SupersetWorld';

interface Asked {
  readonly request: HttpRequest;
  readonly user: SandboxUser;
  readonly params: string[];
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly right?: string;
  readonly csrf?: boolean;
  answer(asked: Asked): Reply;
}

const OPENAPI_PATHS = [
  '/api/v1/cachekey/invalidate',
  '/api/v1/chart/warm_up_cache',
  '/api/v1/dashboard/{pk}/chart_customizations',
  '/api/v1/report/{pk}',
  '/api/v1/report/{pk}/log/',
  '/api/v1/theme/',
];

const loginSchema = z.object({ username: z.string(), password: z.string() });
const dataSchema = z.object({
  datasource: z.object({ id: z.number() }),
  queries: z.array(z.looseObject({ columns: z.array(z.string()).optional() })),
  force: z.boolean().nullish(),
  custom_cache_timeout: z.number().optional(),
});
const invalidateSchema = z.object({
  datasource_uids: z.array(z.string()).default([]),
});
const warmSchema = z.object({ chart_id: z.number() });
const scheduleSchema = z.object({
  crontab: z.string().optional(),
  active: z.boolean().optional(),
});

/** Superset's REST API, as far as it is used. */
export class SupersetResource {
  readonly #world: SupersetWorld;
  readonly #accounts: SupersetAccounts;
  readonly #faults: SupersetFaults;
  readonly #routes: Route[];

  static create(options: {
    world: SupersetWorld;
    accounts: SupersetAccounts;
    faults: SupersetFaults;
  }) {
    return new SupersetResource(options);
  }

  private constructor(options: Parameters<typeof SupersetResource.create>[0]) {
    this.#world = options.world;
    this.#accounts = options.accounts;
    this.#faults = options.faults;
    this.#routes = [...this.#objects(), ...this.#cache(), ...this.#alerts()];
  }

  answer(request: HttpRequest): Reply {
    const { path } = request;
    if (path === '/health') return plain(200, 'OK');
    const fault = this.#faults.take(path);
    if (fault === 'forget-tokens') this.#accounts.forgetTokens();
    if (fault === 'forget-sessions') this.#accounts.forgetSessions();
    const broken = fault && this.#faults.reply(fault);
    if (broken) return broken;
    if (path === '/api/v1/security/login') return this.#logIn(request);
    const user = this.#accounts.userOf(
      header(request.headers, 'authorization'),
    );
    if (!user) return message(401, 'Missing Authorization Header');
    this.#world.advance();
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (!match || route.method !== request.method) continue;
      const refused = this.#refuse(route, request, user);
      return refused ?? route.answer({ request, user, params: match.slice(1) });
    }
    return message(404, 'Not found');
  }

  #refuse(
    route: Route,
    request: HttpRequest,
    user: SandboxUser,
  ): Reply | undefined {
    if (route.pattern.source.includes('report') && !this.#world.alertsOn) {
      return message(404, 'Not found');
    }
    if (route.csrf) {
      const problem = this.#accounts.csrfProblem(
        header(request.headers, 'x-csrftoken'),
        header(request.headers, 'cookie'),
      );
      if (problem) return message(400, `400 Bad Request: ${problem}`);
    }
    return route.right && !user.rights.includes(route.right)
      ? message(403, 'Forbidden')
      : undefined;
  }

  #logIn(request: HttpRequest): Reply {
    const body = read(loginSchema, request);
    const token = body && this.#accounts.logIn(body.username, body.password);
    return token
      ? json({ access_token: token })
      : message(401, 'Not authorized');
  }

  #objects(): Route[] {
    const world = this.#world;
    return [
      get(
        /^\/api\/v1\/security\/csrf_token\/$/,
        'can_read on SecurityRestApi',
        () => {
          const { csrf, cookie } = this.#accounts.openSession();
          return json({ result: csrf }, [
            ['Set-Cookie', `${cookie}; HttpOnly; Path=/; SameSite=Lax`],
          ]);
        },
      ),
      get(/^\/api\/v1\/_openapi$/, 'can_get on OpenApi', () =>
        json({
          openapi: '3.0.2',
          paths: Object.fromEntries(
            [
              ...OPENAPI_PATHS,
              ...(world.executes ? ['/api/v1/report/{pk}/execute'] : []),
            ].map(path => [path, {}]),
          ),
        }),
      ),
      get(/^\/api\/v1\/me\/roles\/$/, undefined, ({ user }) =>
        json({
          result: {
            firstName: user.firstName,
            lastName: user.lastName,
            roles: {
              [user.role]: user.rights.map(right => right.split(' on ')),
            },
          },
        }),
      ),
      get(
        /^\/api\/v1\/dashboard\/$/,
        'can_read on Dashboard',
        ({ request, user }) =>
          listReply(
            request,
            world.dashboardsOf(user).map(one => dashboardRow(world, one)),
          ),
      ),
      get(/^\/api\/v1\/chart\/$/, 'can_read on Chart', ({ request, user }) =>
        listReply(
          request,
          world.chartsOf(user).map(one => chartRow(one)),
        ),
      ),
      get(
        /^\/api\/v1\/dataset\/$/,
        'can_read on Dataset',
        ({ request, user }) =>
          listReply(
            request,
            world.datasetsOf(user).map(one => datasetRow(world, one)),
          ),
      ),
      get(
        /^\/api\/v1\/dashboard\/([^/]+)$/,
        'can_read on Dashboard',
        ({ user, params }) => {
          const found = world
            .dashboardsOf(user)
            .find(
              one =>
                String(one.id) === params[0] ||
                one.uuid === params[0] ||
                one.slug === params[0],
            );
          return found
            ? json({ result: dashboardRow(world, found) })
            : message(404, 'Not found');
        },
      ),
      get(
        /^\/api\/v1\/dataset\/(\d+)$/,
        'can_read on Dataset',
        ({ user, params }) => {
          const found = world
            .datasetsOf(user)
            .find(one => String(one.id) === params[0]);
          return found
            ? json({ id: found.id, result: datasetRow(world, found) })
            : message(404, 'Not found');
        },
      ),
      get(
        /^\/api\/v1\/dataset\/(\d+)\/related_objects$/,
        'can_read on Dataset',
        ({ params }) => {
          const charts = world.charts.filter(
            one => String(one.datasetId) === params[0],
          );
          const ids = new Set(charts.flatMap(one => one.dashboardIds));
          const dashboards = world.dashboards.filter(one => ids.has(one.id));
          return json({
            charts: {
              count: charts.length,
              result: charts.map(one => ({ id: one.id, slice_name: one.name })),
            },
            dashboards: {
              count: dashboards.length,
              result: dashboards.map(one => ({
                id: one.id,
                slug: one.slug,
                title: one.title,
              })),
            },
          });
        },
      ),
      get(
        /^\/api\/v1\/chart\/(\d+)$/,
        'can_read on Chart',
        ({ user, params }) => {
          const chart = world
            .chartsOf(user)
            .find(one => String(one.id) === params[0]);
          if (!chart) return message(404, 'Not found');
          return json({
            id: chart.id,
            result: {
              ...chartRow(chart),
              query_context: chart.unsaved
                ? null
                : JSON.stringify(world.queryContext(chart)),
            },
          });
        },
      ),
    ];
  }

  #cache(): Route[] {
    const world = this.#world;
    return [
      {
        method: 'POST',
        pattern: /^\/api\/v1\/chart\/data$/,
        right: 'can_read on Chart',
        answer: ({ request, user }) => {
          const body = read(dataSchema, request);
          if (!body) return message(400, 'Request is incorrect');
          if (!world.mayRead(user, body.datasource.id)) {
            return message(403, 'The datasource may not be accessed');
          }
          const answers = world.compute({
            datasetId: body.datasource.id,
            queries: body.queries,
            force: body.force ?? false,
            keepSeconds: body.custom_cache_timeout,
          });
          if (!answers) return message(404, 'Not found');
          const failed = answers.find(one => one.error !== undefined);
          if (failed) return message(400, `Error: ${failed.error}`);
          return json({
            result: answers.map(one => ({
              cache_key: one.key,
              cached_dttm:
                one.cachedMs === undefined
                  ? null
                  : naive(Math.floor(one.cachedMs / 1000) * 1000),
              is_cached: one.cachedMs === undefined ? null : true,
              error: null,
              status: 'success',
              data: [{ count: 1 }],
            })),
          });
        },
      },
      {
        method: 'PUT',
        pattern: /^\/api\/v1\/chart\/warm_up_cache$/,
        right: 'can_warm_up_cache on Chart',
        csrf: true,
        answer: ({ request }) => {
          const body = read(warmSchema, request);
          const chart = world.charts.find(one => one.id === body?.chart_id);
          if (!chart) return message(404, 'Chart not found');
          const error = chart.unsaved
            ? "Chart's query context does not exist"
            : world
                .compute({
                  ...world.queryContext(chart),
                  datasetId: chart.datasetId,
                  force: true,
                  keepSeconds: chart.cacheTimeoutSeconds,
                })
                ?.find(one => one.error)?.error;
          return json({
            result: [
              {
                chart_id: chart.id,
                viz_error: error ?? null,
                viz_status: error ? null : 'success',
              },
            ],
          });
        },
      },
      {
        method: 'POST',
        pattern: /^\/api\/v1\/cachekey\/invalidate$/,
        right: 'can_invalidate on CacheRestApi',
        csrf: true,
        answer: ({ request }) => {
          const body = read(invalidateSchema, request);
          if (!body) return message(400, 'Request is incorrect');
          world.cache.invalidate(body.datasource_uids, world.nowMs);
          return { ...json({}), status: 201 };
        },
      },
    ];
  }

  #alerts(): Route[] {
    const world = this.#world;
    const right = 'can_read on ReportSchedule';
    const find = (user: SandboxUser, id: string) =>
      world.alertsOf(user).find(one => String(one.id) === id);
    return [
      get(/^\/api\/v1\/report\/$/, right, ({ request, user }) =>
        listReply(
          request,
          world.alertsOf(user).map(one => alertRow(world, one)),
        ),
      ),
      get(/^\/api\/v1\/report\/(\d+)$/, right, ({ user, params }) => {
        const found = find(user, params[0]);
        return found
          ? json({ id: found.id, result: alertDetails(world, found) })
          : message(404, 'Not found');
      }),
      // As in Superset: the log of an alert that the account doesn't see is shown all the same.
      get(/^\/api\/v1\/report\/(\d+)\/log\/$/, right, ({ request, params }) =>
        listReply(
          request,
          world.alerts.log
            .filter(row => String(row.alertId) === params[0])
            .map(row => logRow(row)),
        ),
      ),
      {
        method: 'PUT',
        pattern: /^\/api\/v1\/report\/(\d+)$/,
        right: 'can_write on ReportSchedule',
        csrf: true,
        answer: ({ request, user, params }) => {
          const found = find(user, params[0]);
          const body = read(scheduleSchema, request);
          if (!found) return message(404, 'Not found');
          if (!body) return message(400, 'Request is incorrect');
          if (user.role !== 'Admin' && found.ownerId !== user.id) {
            return message(403, 'Changing this report is forbidden');
          }
          found.crontab = body.crontab ?? found.crontab;
          found.active = body.active ?? found.active;
          found.changedMs = world.nowMs;
          return json({ id: found.id, result: {} });
        },
      },
      {
        method: 'POST',
        pattern: /^\/api\/v1\/report\/(\d+)\/execute$/,
        right: 'can_write on ReportSchedule',
        csrf: true,
        answer: ({ user, params }) => {
          const found = find(user, params[0]);
          if (!found || !world.executes) return message(404, 'Not found');
          const uuid = world.alerts.run(found, world.nowMs);
          return json({ execution_id: uuid, message: 'Triggered' });
        },
      },
    ];
  }
}

function get(
  pattern: RegExp,
  right: string | undefined,
  answer: Route['answer'],
): Route {
  return { method: 'GET', pattern, right, answer };
}

function message(status: number, text: string): Reply {
  return { ...json({ message: text }), status };
}

function read<T>(schema: z.ZodType<T>, request: HttpRequest): T | undefined {
  try {
    return schema.safeParse(JSON.parse(request.body)).data;
  } catch {
    // What is no JSON is answered as what does not fit.
    return undefined;
  }
}
