import { NotFoundError } from '@backstage/errors';
import {
  formatTableRef,
  lakehouseTableReadPermission,
  type Gap,
  type TablePage,
  type TableRef,
  type TableView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { LastKnown } from '../observations/LastKnown';
import { storageGap } from '../observations/StorageOutages';
import { parseRequest, TablesRequest } from './parseRequest';
import type { RouteContext } from './RouteContext';

const HISTORY_MAX = 500;
const KEPT_ANSWERS = 50;

/** `GET /tables` and `GET /tables/by-name/:connection/:catalog/:schema/:table` */
export function createTablesRouter(context: RouteContext): Router {
  const { connections, store, outages, access, config } = context;
  const staleAfterSeconds = config.staleAfterSeconds.tables;
  const lastPages = new LastKnown<TablePage>({ maxEntries: KEPT_ANSWERS });
  const lastViews = new LastKnown<TableView | undefined>({
    maxEntries: KEPT_ANSWERS,
  });
  const router = PromiseRouter();

  router.get('/tables', async (req, res) => {
    const request = parseRequest(TablesRequest, req.query);
    const ids = await readableIds(req, request.connection);
    const { value, stale } = await lastPages.read(
      JSON.stringify([ids, request]),
      () => loadPage(ids, request),
    );
    const answer: TablePage = {
      ...value,
      gaps: [...ids.flatMap(id => storageGaps(id, stale)), ...value.gaps],
    };
    res.json(answer);
  });

  router.get(
    '/tables/by-name/:connection/:catalog/:schema/:table',
    async (req, res) => {
      const { connection, catalog, schema, table } = req.params;
      const ref = { connection, catalog, schema, table };
      await access.require(req, lakehouseTableReadPermission, connection);
      connections.trino.get(connection);
      const { value, stale } = await lastViews.read(formatTableRef(ref), () =>
        loadTable(ref),
      );
      if (!value) throw notKnown(ref);
      const answer: TableView = {
        ...value,
        health: {
          ...value.health,
          gaps: [...storageGaps(connection, stale), ...value.health.gaps],
        },
      };
      res.json(answer);
    },
  );

  return router;

  async function readableIds(
    req: Request,
    asked: string | undefined,
  ): Promise<string[]> {
    if (asked === undefined) {
      const all = connections.trino.list().map(({ id }) => id);
      return access.readable(req, lakehouseTableReadPermission, all);
    }
    await access.require(req, lakehouseTableReadPermission, asked);
    return [connections.trino.get(asked).id];
  }

  async function loadPage(
    ids: readonly string[],
    request: ReturnType<typeof TablesRequest.parse>,
  ): Promise<TablePage> {
    const [page, gaps, sweeps] = await Promise.all([
      store.tablePage({ ...request, connections: ids }),
      Promise.all(ids.map(id => store.gaps(id))),
      Promise.all(ids.map(id => store.lastSweep(id))),
    ]);
    // The list is as old as its oldest part.
    const sweptAt = sweeps.includes(undefined)
      ? undefined
      : sweeps.toSorted()[0];
    return {
      ...page,
      limit: request.limit,
      offset: request.offset,
      staleAfterSeconds,
      gaps: gaps.flat().filter(({ subject }) => subject === 'tables'),
      sweptAt,
    };
  }

  async function loadTable(ref: TableRef): Promise<TableView | undefined> {
    const [health, history] = await Promise.all([
      store.table(ref),
      store.tableHistory(ref, HISTORY_MAX),
    ]);
    return health && { health, history, staleAfterSeconds };
  }

  function storageGaps(
    connection: string,
    stale: { since: string; error: unknown } | undefined,
  ): Gap[] {
    if (stale) {
      return [storageGap({ connection, subject: 'tables', ...stale })];
    }
    return outages
      .current(connection)
      .filter(({ subject }) => subject === 'tables');
  }
}

function notKnown(ref: TableRef): NotFoundError {
  return new NotFoundError(
    `Table ${formatTableRef(
      ref,
    )} is not known. It is found by the next sweep if it exists, is an Iceberg or Delta table, and the connection's user may see it.`,
  );
}
