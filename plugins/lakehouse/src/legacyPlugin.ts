import { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  isLakehouseEntity,
  LakehouseClient,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef } from './api';
import { rootRouteRef } from './routes';

/**
 * The plugin for apps on the old frontend system.
 *
 * @public
 */
export const lakehousePlugin = createPlugin({
  id: 'lakehouse',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: lakehouseApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new LakehouseClient({ discoveryApi, fetchApi }),
    }),
  ],
});

/**
 * What needs attention in all systems, and all of their parts. Mount it at `/lakehouse`.
 *
 * @public
 */
export const LakehousePage = lakehousePlugin.provide(
  createRoutableExtension({
    name: 'LakehousePage',
    mountPoint: rootRouteRef,
    component: () => import('./fleet').then(m => m.LegacyLakehousePage),
  }),
);

/**
 * The tab of an entity. Mount it at `/lakehouse` of entity pages, if {@link isLakehouseAvailable}.
 *
 * @public
 */
export const EntityLakehouseContent = lakehousePlugin.provide(
  createComponentExtension({
    name: 'EntityLakehouseContent',
    component: {
      lazy: () => import('./entity').then(m => m.EntityLakehouseContent),
    },
  }),
);

/**
 * The overview card of an entity, if {@link isLakehouseAvailable}.
 *
 * @public
 */
export const EntityLakehouseCard = lakehousePlugin.provide(
  createComponentExtension({
    name: 'EntityLakehouseCard',
    component: {
      lazy: () => import('./entity').then(m => m.EntityLakehouseCard),
    },
  }),
);

/**
 * Whether an entity has anything for this plugin to show.
 *
 * @public
 */
export function isLakehouseAvailable(entity: Entity): boolean {
  return isLakehouseEntity(entity);
}
