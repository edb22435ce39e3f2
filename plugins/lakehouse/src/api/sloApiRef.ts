import { createApiRef } from '@backstage/core-plugin-api';
import type { SloApi } from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * SLOs of the Lakehouse backend.
 *
 * @public
 */
export const sloApiRef = createApiRef<SloApi>({
  id: 'plugin.lakehouse.slo-client',
});
