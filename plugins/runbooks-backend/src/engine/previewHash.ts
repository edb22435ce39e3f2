import type { JsonObject } from '@backstage/types';
import { sha256OfJson } from '@lakehouse-ops/plugin-runbooks-node';

/**
 * What binds a run to its preview: the runbook, the parameters and what the
 * world looked like; of a runbook file also which version it was.
 */
export function previewHash(bound: {
  runbookId: string;
  definitionHash?: string;
  parameters: JsonObject;
  /** Of a runbook file: what is settled of its steps, with their inputs. */
  fingerprint: JsonObject;
}): string {
  const { runbookId, definitionHash, parameters, fingerprint } = bound;
  return sha256OfJson({
    runbookId,
    ...(definitionHash === undefined ? {} : { definitionHash }),
    parameters,
    fingerprint,
  });
}
