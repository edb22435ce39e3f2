import express, { type Express } from 'express';
import type { CacheSwitches } from '../settings/CacheSwitches';
import { answerError } from './answerError';

/** `/admin/cache`: how the cache behaves, to see and to change. Served on loopback only. */
export function createAdminApp(switches: CacheSwitches): Express {
  const app = express().disable('x-powered-by');
  app.get('/admin/cache', (_req, res) => {
    res.json(switches.now);
  });
  app.put('/admin/cache', express.json({ limit: '1kb' }), (req, res) => {
    try {
      switches.change(req.body);
      res.json(switches.now);
    } catch (error) {
      answerError(res, error);
    }
  });
  return app;
}
