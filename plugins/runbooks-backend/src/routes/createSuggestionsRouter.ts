import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseParameters } from '../engine/parseParameters';
import type { RunbookSuggester } from '../suggestions/RunbookSuggester';
import type { RouteContext } from './RouteContext';

const text = z.string().min(1).max(512).optional();

const querySchema = z
  .object({
    entityRef: text,
    slo: text,
    indicator: text,
    condition: text,
    conditionSystem: text,
    system: text,
    connection: text,
  })
  .refine(
    query => Object.values(query).some(value => value !== undefined),
    'Say what they are for: entityRef, slo, condition or system.',
  )
  .refine(
    ({ condition, conditionSystem }) =>
      (condition === undefined) === (conditionSystem === undefined),
    'condition and conditionSystem go together.',
  );

/** `GET /suggestions`: runbooks that fit, best first. */
export function createSuggestionsRouter(options: {
  context: RouteContext;
  suggester: Pick<RunbookSuggester, 'suggest'>;
}): Router {
  const { context, suggester } = options;
  const router = PromiseRouter();

  router.get('/suggestions', async (req, res) => {
    const credentials = await context.caller(req);
    const { slo, indicator, condition, conditionSystem, ...rest } =
      parseParameters(querySchema, req.query);
    const items = await suggester.suggest(
      {
        ...rest,
        // An indicator alone tells enough.
        ...(slo === undefined && indicator === undefined
          ? {}
          : { slo: { name: slo ?? '', indicator } }),
        ...(condition === undefined || conditionSystem === undefined
          ? {}
          : { condition: { system: conditionSystem, name: condition } }),
      },
      credentials,
    );
    res.json({ items });
  });

  return router;
}
