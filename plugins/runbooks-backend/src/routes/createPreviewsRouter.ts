import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseParameters } from '../engine/parseParameters';
import type { PreviewMaker } from '../engine/PreviewMaker';
import { jsonObjectSchema } from '../json/jsonSchemas';
import type { RouteContext } from './RouteContext';

const bodySchema = z.strictObject({
  runbookId: z.string().min(1).max(255),
  parameters: jsonObjectSchema,
  entityRef: z.string().max(255).optional(),
});

/** `POST /previews`: what a run would do. */
export function createPreviewsRouter(options: {
  context: RouteContext;
  previews: PreviewMaker;
}): Router {
  const { context, previews } = options;
  const router = PromiseRouter();

  router.post('/previews', async (req, res) => {
    const body = parseParameters(bodySchema, req.body);
    const preview = await context.audited(
      req,
      {
        eventId: 'run-preview',
        severityLevel: 'low',
        meta: { runbookId: body.runbookId },
      },
      credentials => previews.make({ ...body, credentials }),
    );
    res.status(201).json(preview);
  });

  return router;
}
