import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { StorageOutages } from '../../observations/StorageOutages';
import { storageError } from '../../observations/storageError';
import { answerHints } from '../answerHints';
import { readBody } from '../readBody';
import { requireJson } from '../requireJson';
import { parseCacheReport } from './parseCacheReport';
import { toCacheUse } from './toCacheUse';

const MAX_BODY_BYTES = 256 * 1024;
const BODY_TIMEOUT_MS = 15_000;
const MAX_REPORTS_IN_FLIGHT = 64;
const SUBJECT = 'cache.telemetry';

/**
 * `POST /ingest/cache/:connection`: takes what applications tell of their use
 * of a cache and answers 204 when it is committed. Needs a service token.
 */
export function createCacheIngestRouter(options: {
  /** Of Redis. */
  connectionIds: ReadonlySet<string>;
  store: Pick<ObservationStore, 'record'>;
  outages: StorageOutages;
  notifier: { notify(connection: string, kind: 'cache'): void };
  httpAuth: HttpAuthService;
  logger: LoggerService;
  now?: () => Date;
}): Router {
  const { connectionIds, httpAuth, now = () => new Date() } = options;
  const { store, outages, notifier, logger } = options;
  const router = PromiseRouter();
  let inFlight = 0;

  router.post('/ingest/cache/:connection', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { connection } = req.params;
    if (!connectionIds.has(connection)) {
      throw new NotFoundError(
        `There is no Redis connection '${connection}' to take reports for. Use the id of a connection in lakehouse.redis.connections in the URL to which the application pushes.`,
      );
    }
    requireJson(req, 'reports');
    if (inFlight >= MAX_REPORTS_IN_FLIGHT) {
      throw new ServiceUnavailableError(
        `There are ${inFlight} reports being taken, as many as are allowed. Send it again in a second.`,
      );
    }
    inFlight += 1;
    try {
      const body = await readBody(req, {
        maxBytes: MAX_BODY_BYTES,
        timeoutMs: BODY_TIMEOUT_MS,
        tooLargeRemedy: 'Tell fewer prefixes apart.',
        onBytes: () => {},
      });
      const use = toCacheUse(connection, parseCacheReport(body, now()));
      await store
        .record([...outages.recovered(connection, SUBJECT), use])
        .catch(cause => {
          const error =
            cause instanceof ServiceUnavailableError
              ? cause
              : storageError(cause);
          outages.failed({ connection, subject: SUBJECT, error });
          logger.warn(
            `A report of the use of ${connection} was not stored and not acknowledged: ${error.message}`,
          );
          throw error;
        });
      outages.forget(connection, SUBJECT);
      notifier.notify(connection, 'cache');
    } finally {
      inFlight -= 1;
    }
    res.status(204).end();
  });

  router.use(answerHints);
  return router;
}
