import { createApiRef } from '@backstage/core-plugin-api';
import type { RunbooksApi } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * Where components find the Runbooks backend. The `runbooks` plugin provides
 * it, in apps on the new and on the old frontend system.
 *
 * @public
 */
export const runbooksApiRef = createApiRef<RunbooksApi>({
  id: 'plugin.runbooks.api',
});
