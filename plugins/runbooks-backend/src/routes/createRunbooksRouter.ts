import { NotFoundError } from '@backstage/errors';
import type { RunbookDetail } from '@lakehouse-ops/plugin-runbooks-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { describeRunbook, listRunbooks } from '../definitions/describeRunbook';
import type { ActionRegistry } from '../engine/ActionRegistry';
import type { RunbookBook } from '../engine/ports';
import type { RouteContext } from './RouteContext';

/** `/runbooks` and `/runbook-problems`: what there is to run, and which files are wrong. */
export function createRunbooksRouter(options: {
  context: RouteContext;
  registry: ActionRegistry;
  book: RunbookBook;
}): Router {
  const { context, registry, book } = options;
  const router = PromiseRouter();

  router.get('/runbooks', async (req, res) => {
    await context.caller(req);
    res.json({ items: listRunbooks({ registry, book }) });
  });

  router.get('/runbooks/:id', async (req, res) => {
    await context.caller(req);
    const { id } = req.params;
    const detail = describe(id, { registry, book });
    if (!detail) {
      throw new NotFoundError(
        `There is no runbook '${id.slice(
          0,
          255,
        )}'. Its file may have been removed or have errors: look at the problems of runbook files.`,
      );
    }
    res.json(detail);
  });

  router.get('/runbook-problems', async (req, res) => {
    await context.caller(req);
    res.json({ items: book.problems() });
  });

  return router;
}

function describe(
  id: string,
  known: { registry: ActionRegistry; book: RunbookBook },
): RunbookDetail | undefined {
  const { registry, book } = known;
  const version = book.find(id);
  if (version) {
    return describeRunbook(version, {
      actions: registry,
      problems: book.problems(),
    });
  }
  const action = registry.list().find(summary => summary.id === id);
  return action && { ...action, kind: 'action', problems: [] };
}
