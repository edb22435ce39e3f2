import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import {
  lakehousePermissions,
  type ConnectionView,
  type Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { LastKnown } from '../observations/LastKnown';
import { storageGap } from '../observations/StorageOutages';
import { connectionView } from './connectionView';
import type { RouteContext } from './RouteContext';

/** A first probe that takes longer is shown as unknown for now. */
const PROBE_WAIT_MS = 1_500;

/** `GET /connections` */
export function createConnectionsRouter(context: RouteContext): Router {
  const { connections, store, outages, access, logger } = context;
  const knownGaps = new LastKnown<Gap[]>({ maxEntries: 200 });
  const router = PromiseRouter();

  router.get('/connections', async (req, res) => {
    const ids = await visibleIds(req);
    const visible = connections.list().filter(({ id }) => ids.has(id));
    await Promise.race([
      Promise.all(visible.map(probe)),
      sleep(PROBE_WAIT_MS, undefined, { ref: false }),
    ]);
    const items: ConnectionView[] = await Promise.all(visible.map(view));
    res.json({ items });
  });

  return router;

  /** A connection of which anything may be seen is listed. */
  async function visibleIds(req: Request): Promise<Set<string>> {
    const all = connections.list().map(({ id }) => id);
    const lists = await Promise.all(
      lakehousePermissions.map(permission =>
        access.readable(req, permission, all),
      ),
    );
    return new Set(lists.flat());
  }

  /** So that a replica on which no collector runs knows it too. */
  async function probe(connection: TrinoConnection): Promise<void> {
    try {
      await connection.capabilities();
    } catch (error) {
      logger.debug(
        `Connection ${connection.id} was not probed: ${toError(error).message}`,
      );
    }
  }

  async function view(connection: TrinoConnection): Promise<ConnectionView> {
    const { id } = connection;
    const gaps = await knownGaps
      .read(id, async () => (await store.gaps(id)).filter(isOfConnection))
      .then(({ value, stale }) =>
        stale ? [...value, storageGapOf(id, stale)] : value,
      )
      .catch(error => [
        storageGapOf(id, { since: new Date().toISOString(), error }),
      ]);
    return connectionView(connection, [...gaps, ...outages.current(id)]);
  }

  function storageGapOf(
    connection: string,
    stale: { since: string; error: unknown },
  ): Gap {
    return storageGap({ connection, subject: 'queries', ...stale });
  }
}

/** The gaps of single tables stand with the tables. */
function isOfConnection({ subject }: Gap): boolean {
  return !subject.startsWith('table:');
}
