import {
  type Allowance,
  runbookRunExecutePermission,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ActionRegistry } from '../engine/ActionRegistry';
import { parseParameters } from '../engine/parseParameters';
import type { RunbookBook } from '../engine/ports';
import type { PreflightCache } from '../engine/PreflightCache';
import type { RunResource } from '../permissions/runResource';
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
  book: RunbookBook;
  permissions: RunPermissions;
  preflights: PreflightCache;
}): Router {
  const { context, registry, book, permissions, preflights } = options;
  const router = PromiseRouter();

  router.post('/allowances', async (req, res) => {
    const credentials = await context.caller(req);
    const { asks } = parseParameters(bodySchema, req.body);
    const known = asks.flatMap(({ runbookId, target }): KnownAsk[] => {
      const file = book.find(runbookId)?.definition;
      if (file) return [{ runbookId, risk: file.risk, target }];
      const action = registry.find(runbookId);
      return action ? [{ action, runbookId, risk: action.risk, target }] : [];
    });
    const permitted = await permissions.ask(
      runbookRunExecutePermission,
      known,
      credentials,
    );
    const answers = new Map(
      await Promise.all(
        known.map(
          async ({ action, runbookId, target }, index) =>
            [
              askKey({ runbookId, target }),
              permitted[index].allowed && action
                ? await preflights.ask(action, target)
                : permitted[index],
            ] as const,
        ),
      ),
    );
    const items = asks.map(
      (ask): Allowance =>
        answers.get(askKey(ask)) ?? {
          allowed: false,
          reason: `There is no runbook '${ask.runbookId}' here.`,
          remedy: 'Add the module that brings it to the backend.',
        },
    );
    res.json({ items });
  });

  return router;
}

interface KnownAsk extends RunResource {
  /** Absent: a runbook file. */
  readonly action?: RunbookAction;
}

function askKey(ask: { runbookId: string; target: RunTarget }): string {
  const { system, connection, kind, name } = ask.target;
  return JSON.stringify([ask.runbookId, system, connection, kind, name]);
}
