import { NotFoundError } from '@backstage/errors';
import {
  type Run,
  runbookRunReadPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import { type Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseParameters } from '../engine/parseParameters';
import type { ResponseReader } from '../engine/ports';
import type { RunCanceller } from '../engine/RunCanceller';
import type { RunNotifier } from '../engine/RunNotifier';
import type { RunStarter } from '../engine/RunStarter';
import type { RunPermissions } from '../permissions/RunPermissions';
import { runStateSchema } from '../store/modelSchemas';
import type { RunStore } from '../store/RunStore';
import type { RouteContext } from './RouteContext';
import { waitForEvents } from './waitForEvents';

const MAX_AUDIT_ENTRIES = 1000;

// Strict, so that nobody believes a flag of theirs did something.
const startSchema = z.strictObject({
  previewId: z.string().min(1).max(36),
  previewHash: z.string().min(1).max(128),
  idempotencyKey: z.string().min(8).max(255),
});

const name = z.string().max(4096).optional();

const listSchema = z.object({
  runbookId: name,
  states: z
    .union([
      runStateSchema.transform(state => [state]),
      z.array(runStateSchema),
    ])
    .optional(),
  startedBy: name,
  entityRef: name,
  system: name,
  connection: name,
  target: name,
  limit: z.coerce.number().int().min(1).max(100).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});

const eventsSchema = z.object({
  after: z.coerce.number().int().min(0),
  waitSeconds: z.coerce.number().min(0).max(20).default(0),
});

/** `/runs`: start, list, look at, follow and cancel runs. */
export function createRunsRouter(options: {
  context: RouteContext;
  permissions: RunPermissions;
  store: RunStore;
  starter: RunStarter;
  canceller: RunCanceller;
  notifier: RunNotifier;
  responses: ResponseReader;
}): Router {
  const { context, permissions, store, starter, canceller, notifier } = options;
  const { responses } = options;
  const router = PromiseRouter();

  const readable = (req: Request, id: string): Promise<Run> =>
    context.refusable(
      req,
      { eventId: 'run-read', meta: { runId: id } },
      async credentials => {
        const record = await store.getRun(id);
        if (!record) {
          throw new NotFoundError(
            `There is no run ${id}. It may be of another Backstage.`,
          );
        }
        await permissions.assert(
          runbookRunReadPermission,
          record.run,
          credentials,
        );
        return record.run;
      },
    );

  router.post('/runs', async (req, res) => {
    const body = parseParameters(startSchema, req.body);
    const run = await context.audited(
      req,
      {
        eventId: 'run-start',
        severityLevel: 'medium',
        meta: { previewId: body.previewId },
      },
      credentials => starter.start({ ...body, credentials }),
    );
    res.status(201).json(run);
  });

  router.get('/runs', async (req, res) => {
    const filter = parseParameters(listSchema, req.query);
    const visible = await context.refusable(
      req,
      { eventId: 'run-read', meta: { queryType: 'list' } },
      credentials => permissions.visibleRuns(credentials),
    );
    res.json(await store.listRuns(filter, visible));
  });

  router.get('/runs/:id', async (req, res) => {
    const run = await readable(req, req.params.id);
    const approvals = await responses.approvals(run.id);
    res.json(approvals.length > 0 ? { ...run, approvals } : run);
  });

  router.get('/runs/:id/events', async (req, res) => {
    const { after, waitSeconds } = parseParameters(eventsSchema, req.query);
    await readable(req, req.params.id);
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    const page = await waitForEvents({
      store,
      notifier,
      runId: req.params.id,
      after,
      waitMs: waitSeconds * 1000,
      signal: gone.signal,
    });
    if (!gone.signal.aborted) res.json(page);
  });

  router.post('/runs/:id/cancel', async (req, res) => {
    const { id } = req.params;
    const run = await context.audited(
      req,
      {
        eventId: 'run-cancel',
        severityLevel: 'medium',
        meta: { runId: id },
        runId: id,
      },
      credentials => canceller.cancel(id, credentials),
    );
    res.json(run);
  });

  router.get('/runs/:id/audit', async (req, res) => {
    const run = await readable(req, req.params.id);
    res.json({ items: await store.getRunAudit(run.id, MAX_AUDIT_ENTRIES) });
  });

  return router;
}
