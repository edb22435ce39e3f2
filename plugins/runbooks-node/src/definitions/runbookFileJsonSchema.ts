import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { MAX_STEPS } from './limits';
import { fileSchema, stepSchemas } from './writtenSchemas';

/**
 * A JSON Schema (draft-07) of runbook files, for editors. It knows the fields;
 * what they have to do with each other only {@link parseRunbookFile} knows.
 *
 * @public
 */
export function runbookFileJsonSchema(): JsonObject {
  const steps = z.array(z.union(Object.values(stepSchemas))).max(MAX_STEPS);
  const schema = z.toJSONSchema(fileSchema(steps), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    reused: 'ref',
  });
  return z
    .record(z.string(), z.json())
    .parse(JSON.parse(JSON.stringify({ title: 'Runbook', ...schema })));
}
