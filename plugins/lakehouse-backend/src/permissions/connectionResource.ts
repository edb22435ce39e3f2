import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_LAKEHOUSE_CONNECTION } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';

/**
 * A connection, as permission rules see it.
 *
 * @public
 */
export interface LakehouseConnectionResource {
  readonly id: string;
}

/**
 * What rules over connections become when lists are filtered.
 *
 * @public
 */
export interface LakehouseConnectionQuery {
  readonly ids: readonly string[];
}

/**
 * The resource type of {@link LakehouseConnectionResource}, for more rules.
 *
 * @public
 */
export const lakehouseConnectionPermissionResourceRef =
  createPermissionResourceRef<
    LakehouseConnectionResource,
    LakehouseConnectionQuery
  >().with({
    pluginId: 'lakehouse',
    resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
  });

/** Allows what is of one of the connections told. */
export const isConnection = createPermissionRule({
  name: 'IS_CONNECTION',
  description: 'Allow what is of one of these connections',
  resourceRef: lakehouseConnectionPermissionResourceRef,
  paramsSchema: z.object({
    ids: z.array(z.string()).describe('Ids of connections, as in app-config'),
  }),
  apply: ({ id }, { ids }) => ids.includes(id),
  toQuery: ({ ids }) => ({ ids }),
});

const exported = createConditionExports({
  resourceRef: lakehouseConnectionPermissionResourceRef,
  rules: { isConnection },
});

/**
 * Conditions for permission policies: `lakehouseConnectionConditions.isConnection({ ids: ['analytics'] })`.
 *
 * @public
 */
export const lakehouseConnectionConditions = exported.conditions;

/**
 * Makes a policy's decision out of {@link lakehouseConnectionConditions}.
 *
 * @public
 */
export const createLakehouseConnectionConditionalDecision =
  exported.createConditionalDecision;
