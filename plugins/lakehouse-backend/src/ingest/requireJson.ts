import type { Request } from 'express';

/** The body is not JSON by its own word; answered with 415. */
class UnsupportedMediaTypeError extends Error {
  readonly statusCode = 415;
  override name = 'UnsupportedMediaTypeError';
}

/** Refuses a body that is not plain JSON by its own word; `what` is in the plural. */
export function requireJson(req: Request, what: string) {
  if (!req.is('application/json')) {
    throw new UnsupportedMediaTypeError(
      `The body is '${req.headers['content-type']}', but ${what} are application/json.`,
    );
  }
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new UnsupportedMediaTypeError(
      `The body is encoded as '${req.headers['content-encoding']}', but ${what} are taken as they are.`,
    );
  }
}
