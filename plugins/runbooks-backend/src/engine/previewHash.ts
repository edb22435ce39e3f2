import type { JsonObject } from '@backstage/types';
import { sha256OfJson } from '@lakehouse-ops/plugin-runbooks-node';

/**
 * What binds a run to its preview: the runbook, the parameters and what the
 * world looked like.
 */
export function previewHash(bound: {
  runbookId: string;
  parameters: JsonObject;
  fingerprint: JsonObject;
}): string {
  return sha256OfJson({
    runbookId: bound.runbookId,
    parameters: bound.parameters,
    fingerprint: bound.fingerprint,
  });
}
