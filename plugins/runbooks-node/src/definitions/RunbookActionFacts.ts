import type { JsonObject } from '@backstage/types';
import type { Risk } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * What has to be known of an action to check the files that use it.
 *
 * @public
 */
export interface RunbookActionFacts {
  readonly readOnly: boolean;
  readonly idempotent: boolean;
  readonly destructive: boolean;
  readonly risk: Risk;
  /** JSON Schema of what it takes. */
  readonly inputSchema: JsonObject;
}
