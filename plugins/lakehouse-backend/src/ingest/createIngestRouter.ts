import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { IngestQueue } from './IngestQueue';
import { discardBody } from './discardBody';
import { BodyTooLargeError, readBody } from './readBody';
import { reduceTrinoEvent } from './reduceTrinoEvent';
import { scanTrinoEvent } from './scanTrinoEvent';

const RETRY_AFTER_SECONDS = '1';
const BODY_TIMEOUT_MS = 60_000;
/** Of what is refused unread. */
const DISCARD_MAX_BYTES = 32 * 1024 * 1024;
const DISCARD_TIMEOUT_MS = 10_000;

/** The body is not JSON by its own word; answered with 415. */
class UnsupportedMediaTypeError extends Error {
  readonly statusCode = 415;
  override name = 'UnsupportedMediaTypeError';
}

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
    requireJson(req);
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

function requireJson(req: express.Request) {
  if (!req.is('application/json')) {
    throw new UnsupportedMediaTypeError(
      `The body is '${req.headers['content-type']}', but events are application/json.`,
    );
  }
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new UnsupportedMediaTypeError(
      `The body is encoded as '${req.headers['content-encoding']}', but events are taken as they are.`,
    );
  }
}

function declaredLength(
  req: express.Request,
  maxBytes: number,
): number | undefined {
  const declared = req.headers['content-length'];
  if (declared === undefined) return undefined;
  const length = Number(declared);
  if (!Number.isInteger(length) || length < 0) {
    throw new InputError(`The content-length '${declared}' is no length.`);
  }
  // What is too large is thrown away as it comes and takes no room.
  return length > maxBytes ? 0 : length;
}

/**
 * Adds what a sender needs to act on an error, and lets it finish sending: one
 * that is cut off never reads the answer. The answer itself is Backstage's.
 */
async function answerHints(
  error: Error,
  req: express.Request,
  res: express.Response,
  next: express.NextFunction,
) {
  if (error instanceof ServiceUnavailableError) {
    res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  }
  if (error instanceof BodyTooLargeError) {
    res.setHeader('Connection', 'close');
  }
  await discardBody(req, {
    maxBytes: DISCARD_MAX_BYTES,
    timeoutMs: DISCARD_TIMEOUT_MS,
  });
  next(error);
}
