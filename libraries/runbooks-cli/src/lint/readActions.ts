import { readFileSync } from 'node:fs';
import { InputError, toError } from '@backstage/errors';
import { RISKS } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookActionFacts } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

const summary = z.object({
  id: z.string(),
  kind: z.enum(['action', 'runbook']).default('action'),
  risk: z.enum(RISKS),
  attributes: z.object({
    readOnly: z.boolean(),
    destructive: z.boolean(),
    idempotent: z.boolean(),
  }),
  parametersSchema: z.record(z.string(), z.json()),
});

const answer = z.union([
  z.object({ items: z.array(summary) }).transform(({ items }) => items),
  z.array(summary),
]);

/**
 * Reads what `GET /api/runbooks/runbooks` answers, kept in a file.
 *
 * @throws InputError that names the file
 */
export function readActions(
  file: string,
): ReadonlyMap<string, RunbookActionFacts> {
  try {
    const all = answer.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(
      all
        .filter(({ kind }) => kind === 'action')
        .map(({ id, attributes, risk, parametersSchema }) => [
          id,
          { ...attributes, risk, inputSchema: parametersSchema },
        ]),
    );
  } catch (error) {
    throw new InputError(
      `${file} can't be read as a list of actions: ${toError(
        error,
      ).message.slice(0, 300)}. Save what GET /api/runbooks/runbooks answers.`,
    );
  }
}
