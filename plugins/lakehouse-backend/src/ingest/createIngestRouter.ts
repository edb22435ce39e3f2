import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerHints } from './answerHints';
import type { IngestQueue } from './IngestQueue';
import { readBody } from './readBody';
import { reduceTrinoEvent } from './reduceTrinoEvent';
import { requireJson } from './requireJson';
import { scanTrinoEvent } from './scanTrinoEvent';

const BODY_TIMEOUT_MS = 60_000;

/**
 * `POST /ingest/trino/:connection`: takes the events of Trino's HTTP event
 * listener and answers 200 when they are committed. Needs a service token.
 */
export function createIngestRouter(options: {
  connectionIds: ReadonlySet<string>;
  queue: IngestQueue;
  httpAuth: HttpAuthService;
  maxBodyBytes: number;
  maxTextLength: number;
}): Router {
  const { connectionIds, queue, httpAuth, maxBodyBytes, maxTextLength } =
    options;
  const router = PromiseRouter();

  router.post('/ingest/trino/:connection', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { connection } = req.params;
    if (!connectionIds.has(connection)) {
      throw new NotFoundError(
        `There is no Trino connection '${connection}' to take events for. Use the id of a connection in lakehouse.trino.connections in http-event-listener.connect-ingest-uri.`,
      );
    }
    requireJson(req, 'events');
    const admission = queue.admit(declaredLength(req, maxBodyBytes));
    try {
      const body = await readBody(req, {
        maxBytes: maxBodyBytes,
        timeoutMs: BODY_TIMEOUT_MS,
        onBytes: count => admission.addBytes(count),
      });
      const query = reduceTrinoEvent(scanTrinoEvent(body, { maxTextLength }), {
        connection,
        observedAt: new Date(),
        maxTextLength,
      });
      admission.releaseBytes();
      await queue.submit({ type: 'QueryObserved', query });
    } finally {
      admission.release();
    }
    res.status(200).end();
  });

  router.use(answerHints);
  return router;
}

function declaredLength(req: Request, maxBytes: number): number | undefined {
  const declared = req.headers['content-length'];
  if (declared === undefined) return undefined;
  const length = Number(declared);
  if (!Number.isInteger(length) || length < 0) {
    throw new InputError(`The content-length '${declared}' is no length.`);
  }
  // What is too large is thrown away as it comes and takes no room.
  return length > maxBytes ? 0 : length;
}
