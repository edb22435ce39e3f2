import type { RequestHandler } from 'express';
import type { OwnFigures } from './OwnFigures';

/** Counts the answers to what is pushed to `/ingest/<source>/<connection>`. */
export function countIngest(options: {
  figures: Pick<OwnFigures, 'ingested'>;
  /** Those of others are counted together: a sender may name any. */
  isKnown: (connection: string) => boolean;
}): RequestHandler {
  const { figures, isKnown } = options;
  return (req, res, next) => {
    const [, ingest, source, connection] = req.path.split('/');
    if (ingest === 'ingest' && (source === 'trino' || source === 'cache')) {
      res.once('close', () => {
        figures.ingested({
          source,
          connection: isKnown(connection) ? connection : 'unknown',
          status: res.writableFinished ? res.statusCode : 0,
        });
      });
    }
    next();
  };
}
