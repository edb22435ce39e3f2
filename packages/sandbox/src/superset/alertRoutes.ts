import { z } from 'zod';
import { json } from '../server/Reply';
import { listReply } from './listReply';
import { get, message, read, type Route } from './route';
import { alertDetails, alertRow, logRow } from './supersetRows';
import type { SandboxUser } from './supersetSeed';
import type { SupersetWorld } from './SupersetWorld';

const scheduleSchema = z.object({
  crontab: z.string().optional(),
  active: z.boolean().optional(),
});

/** Alerts and reports, and their log. */
export function alertRoutes(world: SupersetWorld): Route[] {
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
