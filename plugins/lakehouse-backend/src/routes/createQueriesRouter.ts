import { NotFoundError } from '@backstage/errors';
import {
  lakehouseQueryReadPermission,
  type Gap,
  type QueryFilter,
  type QueryPage,
  type QueryStats,
  type QueryView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { linksOfQuery } from '../links/linksOfQuery';
import { LastKnown } from '../observations/LastKnown';
import { storageGap } from '../observations/StorageOutages';
import {
  parseRequest,
  QueriesRequest,
  QueryStatsRequest,
} from './parseRequest';
import type { RouteContext } from './RouteContext';

/** First pages and statistics that are kept to be shown while the database is away. */
const KEPT_ANSWERS = 20;

/** `GET /trino/:connection/queries`, `…/queries/stats` and `…/queries/by-id/:queryId` */
export function createQueriesRouter(context: RouteContext): Router {
  const { connections, store, outages, access, config } = context;
  const lastPages = new LastKnown<QueryPage>({ maxEntries: KEPT_ANSWERS });
  const lastStats = new LastKnown<QueryStats>({ maxEntries: KEPT_ANSWERS });
  const router = PromiseRouter();

  router.get('/trino/:connection/queries', async (req, res) => {
    const { connection } = req.params;
    await access.require(req, lakehouseQueryReadPermission, connection);
    connections.trino.get(connection);
    const request = parseRequest(QueriesRequest, req.query);
    const { value, stale } = await lastPages.read(
      keyOf(connection, request),
      async () => {
        const [page, gaps] = await Promise.all([
          store.queryPage(connection, request),
          queryGaps(connection, request),
        ]);
        return { ...page, gaps };
      },
    );
    res.json(withStorageGaps(connection, value, stale));
  });

  router.get('/trino/:connection/queries/stats', async (req, res) => {
    const { connection } = req.params;
    await access.require(req, lakehouseQueryReadPermission, connection);
    connections.trino.get(connection);
    const request = parseRequest(QueryStatsRequest, req.query);
    const { value, stale } = await lastStats.read(
      keyOf(connection, request),
      async () => {
        const [stats, gaps] = await Promise.all([
          store.queryStats(connection, request),
          queryGaps(connection, request),
        ]);
        return { ...stats, gaps };
      },
    );
    res.json(withStorageGaps(connection, value, stale));
  });

  router.get('/trino/:connection/queries/by-id/:queryId', async (req, res) => {
    const { connection, queryId } = req.params;
    const meta = { connection, queryId };
    const query = await access.audited(
      { request: req, eventId: 'query-read', meta },
      async () => {
        await access.require(req, lakehouseQueryReadPermission, connection);
        connections.trino.get(connection);
        const found = await store.query(connection, queryId);
        if (!found) {
          throw new NotFoundError(
            `Query '${queryId}' is not known on connection '${connection}'. It may be older than the retention (lakehouse.retention.queriesDays), or its id is wrong.`,
          );
        }
        return found;
      },
    );
    const answer: QueryView = {
      ...query,
      links: linksOfQuery(config.links, query),
    };
    res.json(answer);
  });

  return router;

  async function queryGaps(
    connection: string,
    { from, to }: QueryFilter,
  ): Promise<Gap[]> {
    const range = from
      ? { from, to: to ?? new Date().toISOString() }
      : undefined;
    const gaps = await store.gaps(connection, range);
    return gaps.filter(
      ({ subject }) => subject === 'queries' || subject === 'query-events',
    );
  }

  function withStorageGaps<T extends { gaps?: readonly Gap[] }>(
    connection: string,
    value: T,
    stale: { since: string; error: unknown } | undefined,
  ): T {
    const storage = stale
      ? [storageGap({ connection, subject: 'queries', ...stale })]
      : outages
          .current(connection)
          .filter(
            ({ subject }) =>
              subject === 'queries' || subject === 'query-events',
          );
    return { ...value, gaps: [...storage, ...(value.gaps ?? [])] };
  }
}

/** The same list at another time is the same list. */
function keyOf(connection: string, request: QueryFilter): string {
  const { from: _from, to: _to, ...rest } = request;
  return JSON.stringify([connection, rest]);
}
