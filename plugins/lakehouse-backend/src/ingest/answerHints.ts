import { ServiceUnavailableError } from '@backstage/errors';
import type { NextFunction, Request, Response } from 'express';
import { discardBody } from './discardBody';
import { BodyTooLargeError } from './readBody';

const RETRY_AFTER_SECONDS = '1';
/** Of what is refused unread. */
const DISCARD_MAX_BYTES = 32 * 1024 * 1024;
const DISCARD_TIMEOUT_MS = 10_000;

/**
 * Adds what a sender needs to act on an error, and lets it finish sending: one
 * that is cut off never reads the answer. The answer itself is Backstage's.
 */
export async function answerHints(
  error: Error,
  req: Request,
  res: Response,
  next: NextFunction,
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
