import { NotFoundError } from '@backstage/errors';
import { lakehouseClusterReadPermission } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readStored } from '../observations/storageError';
import { parseRequest, TimelineRequest } from './parseRequest';
import { DAY_MS, rangeOf } from './rangeOf';
import type { RouteContext } from './RouteContext';

const EVENTS_MAX = 500;

/** `GET /timeline` */
export function createTimelineRouter(context: RouteContext): Router {
  const { systems, store, access } = context;
  const router = PromiseRouter();

  router.get('/timeline', async (req, res) => {
    const request = parseRequest(TimelineRequest, req.query);
    const connections = await visible(req, request.connection);
    const items = await readStored(() =>
      store.timeline.events({
        ...rangeOf(request, DAY_MS),
        connections,
        limit: EVENTS_MAX,
      }),
    );
    res.json({ items });
  });

  return router;

  /** What happened to a system is for those who may see that kind of system. */
  async function visible(
    req: Request,
    asked: string | undefined,
  ): Promise<string[]> {
    if (asked !== undefined) {
      const found = systems.list().find(one => one.connection.id === asked);
      const [permission] = found?.system.permissions ?? [
        lakehouseClusterReadPermission,
      ];
      await access.require(req, permission, asked);
      if (!found) throw notKnown(asked);
      return [asked];
    }
    const all = systems.list();
    const lists = await Promise.all(
      [...new Set(all.map(({ system }) => system))].map(kind =>
        access.readable(
          req,
          kind.permissions[0],
          all
            .filter(({ system }) => system === kind)
            .map(({ connection }) => connection.id),
        ),
      ),
    );
    return lists.flat();
  }
}

function notKnown(id: string): NotFoundError {
  return new NotFoundError(
    `There is no connection '${id}'. Connections stand in app-config under lakehouse.`,
  );
}
