import { createApiRef } from '@backstage/core-plugin-api';
import type { LakehouseApi } from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * The Lakehouse backend.
 *
 * @public
 */
export const lakehouseApiRef = createApiRef<LakehouseApi>({
  id: 'plugin.lakehouse.client',
});
