import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import type {
  ConnectionView,
  Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { LastKnown } from '../observations/LastKnown';
import { storageGap } from '../observations/StorageOutages';
import type { RegisteredConnection } from '../systems/SystemRegistry';
import { connectionView } from './connectionView';
import type { RouteContext } from './RouteContext';

/** A first probe that takes longer is shown as unknown for now. */
const PROBE_WAIT_MS = 1_500;

/** `GET /connections` */
export function createConnectionsRouter(context: RouteContext): Router {
  const { systems, store, outages, access, logger } = context;
  const knownGaps = new LastKnown<Gap[]>({ maxEntries: 200 });
  const router = PromiseRouter();

  router.get('/connections', async (req, res) => {
    const ids = await visibleIds(req);
    const visible = systems
      .list()
      .filter(({ connection }) => ids.has(connection.id));
    await Promise.race([
      Promise.all(
        // Who is known to be down is asked too, but not waited for.
        visible.map(one => {
          const { capabilities, lastError } = one.connection.status();
          const probed = probe(one);
          return capabilities || lastError ? undefined : probed;
        }),
      ),
      sleep(PROBE_WAIT_MS, undefined, { ref: false }),
    ]);
    const items: ConnectionView[] = await Promise.all(visible.map(view));
    res.json({ items });
  });

  return router;

  /** A connection of which anything may be seen is listed. */
  async function visibleIds(req: Request): Promise<Set<string>> {
    const all = systems.list();
    const permissions = new Set(
      all.flatMap(({ system }) => system.permissions),
    );
    const lists = await Promise.all(
      [...permissions].map(permission =>
        access.readable(
          req,
          permission,
          all
            .filter(({ system }) => system.permissions.includes(permission))
            .map(({ connection }) => connection.id),
        ),
      ),
    );
    return new Set(lists.flat());
  }

  /** So that a replica on which no collector runs knows it too. */
  async function probe({ connection }: RegisteredConnection): Promise<void> {
    try {
      await connection.capabilities();
    } catch (error) {
      logger.debug(
        `Connection ${connection.id} was not probed: ${toError(error).message}`,
      );
    }
  }

  async function view(
    registered: RegisteredConnection,
  ): Promise<ConnectionView> {
    const { id } = registered.connection;
    const gaps = await knownGaps
      .read(id, async () => (await store.gaps(id)).filter(isOfConnection))
      .then(({ value, stale }) =>
        stale ? [...value, storageGapOf(id, stale)] : value,
      )
      .catch(error => [
        storageGapOf(id, { since: new Date().toISOString(), error }),
      ]);
    return connectionView(registered, [...gaps, ...outages.current(id)]);
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
