import type { Response } from 'express';
import { ZodError } from 'zod';
import { BusyError } from '../trino/LoadLimit';
import { TrinoQueryError } from '../trino/TrinoQueries';

/** Answers with what went wrong, and what the asker can do. */
export function answerError(res: Response, error: unknown) {
  if (error instanceof ZodError) {
    const problems = error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the request'}: ${message}`,
    );
    res.status(400).json({ error: problems.join('; ') });
  } else if (error instanceof BusyError) {
    res.status(503).set('Retry-After', '1').json({ error: error.message });
  } else if (error instanceof TrinoQueryError) {
    res.status(502).json({ error: error.message });
  } else {
    res.status(500).json({ error: 'Something went wrong here; see the log' });
  }
}
