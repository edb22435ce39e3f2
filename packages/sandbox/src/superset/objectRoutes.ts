import { json } from '../server/Reply';
import { listReply } from './listReply';
import { get, message, type Route } from './route';
import type { SupersetAccounts } from './SupersetAccounts';
import { chartRow, dashboardRow, datasetRow } from './supersetRows';
import type { SupersetWorld } from './SupersetWorld';

const OPENAPI_PATHS = [
  '/api/v1/cachekey/invalidate',
  '/api/v1/chart/warm_up_cache',
  '/api/v1/dashboard/{pk}/chart_customizations',
  '/api/v1/report/{pk}',
  '/api/v1/report/{pk}/log/',
  '/api/v1/theme/',
];

/** Who asks and what there is: dashboards, charts, datasets. */
export function objectRoutes(
  world: SupersetWorld,
  accounts: SupersetAccounts,
): Route[] {
  return [
    get(
      /^\/api\/v1\/security\/csrf_token\/$/,
      'can_read on SecurityRestApi',
      () => {
        const { csrf, cookie } = accounts.openSession();
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
    get(/^\/api\/v1\/dataset\/$/, 'can_read on Dataset', ({ request, user }) =>
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
