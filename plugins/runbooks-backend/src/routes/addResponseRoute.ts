import type { JsonObject } from '@backstage/types';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Router } from 'express';
import type { z } from 'zod';
import { parseParameters } from '../engine/parseParameters';
import type { UserCredentials } from '../permissions/RunPermissions';
import type { RouteContext } from './RouteContext';

/** A route by which a person says something to a run; it answers with the run as it is then. */
export function addResponseRoute<T>(
  router: Router,
  options: {
    context: RouteContext;
    /** After `/runs/:id/`. */
    path: string;
    eventId: string;
    severityLevel: 'medium' | 'high';
    body: z.ZodType<T>;
    /** What of the body the auditor is told, besides the run. */
    meta: (body: T) => JsonObject;
    say: (
      body: T,
      by: { runId: string; credentials: UserCredentials },
    ) => Promise<Run>;
  },
): void {
  const { context, path, eventId, severityLevel, meta, say } = options;
  const route: string = `/runs/:id/${path}`;
  router.post(route, async (req, res) => {
    const { id: runId } = req.params;
    const body = parseParameters(options.body, req.body ?? {});
    const run = await context.audited(
      req,
      { eventId, severityLevel, meta: { runId, ...meta(body) }, runId },
      credentials => say(body, { runId, credentials }),
    );
    res.json(run);
  });
}
