import {
  lakehouseQueryReadPermission,
  type AccessDenialsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readStored } from '../observations/storageError';
import { parseRequest, RangeRequest } from './parseRequest';
import { DAY_MS, rangeOf } from './rangeOf';
import type { RouteContext } from './RouteContext';

/** `GET /trino/:connection/access-denials` */
export function createAccessRouter(context: RouteContext): Router {
  const { connections, store, access } = context;
  const router = PromiseRouter();

  router.get('/trino/:connection/access-denials', async (req, res) => {
    const { connection } = req.params;
    await access.require(req, lakehouseQueryReadPermission, connection);
    connections.trino.get(connection);
    const range = rangeOf(parseRequest(RangeRequest, req.query), DAY_MS);
    const answer: AccessDenialsView = {
      connection,
      ...range,
      ...(await readStored(() => store.access.denials(connection, range))),
    };
    res.json(answer);
  });

  return router;
}
