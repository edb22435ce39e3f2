import {
  type Allowance,
  runbookRunExecutePermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ActionRegistry } from '../engine/ActionRegistry';
import { parseParameters } from '../engine/parseParameters';
import type { PreflightCache } from '../engine/PreflightCache';
import type { RunPermissions } from '../permissions/RunPermissions';
import { targetSchema } from '../store/modelSchemas';
import type { RouteContext } from './RouteContext';

const bodySchema = z.object({
  asks: z
    .array(z.object({ runbookId: z.string().max(255), target: targetSchema }))
    .max(100),
});

/** `POST /allowances`: what the caller may run where, and whether it would work. */
export function createAllowancesRouter(options: {
  context: RouteContext;
  registry: ActionRegistry;
  permissions: RunPermissions;
  preflights: PreflightCache;
}): Router {
  const { context, registry, permissions, preflights } = options;
  const router = PromiseRouter();

  router.post('/allowances', async (req, res) => {
    const credentials = await context.caller(req);
    const { asks } = parseParameters(bodySchema, req.body);
    const wanted = asks.map(({ runbookId, target }) => {
      const action = registry.get(runbookId);
      return { action, runbookId, risk: action.risk, target };
    });
    const permitted = await permissions.ask(
      runbookRunExecutePermission,
      wanted,
      credentials,
    );
    const items = await Promise.all(
      wanted.map(
        async ({ action, target }, index): Promise<Allowance> =>
          permitted[index].allowed
            ? preflights.ask(action, target)
            : permitted[index],
      ),
    );
    res.json({ items });
  });

  return router;
}
