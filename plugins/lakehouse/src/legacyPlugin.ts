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
  SloClient,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef, sloApiRef } from './api';
import { rootRouteRef } from './routes';
import { hasSloTab } from './slo/entity/hasSloTab';

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
    createApiFactory({
      api: sloApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new SloClient({ discoveryApi, fetchApi }),
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
 * The SLO tab of an entity. Mount it at `/slos` of entity pages, if {@link isSloAvailable}.
 *
 * @public
 */
export const EntitySloContent = lakehousePlugin.provide(
  createComponentExtension({
    name: 'EntitySloContent',
    component: {
      lazy: () => import('./slo').then(m => m.EntitySloContent),
    },
  }),
);

/**
 * The overview card of an entity's SLOs, if {@link isSloAvailable}.
 *
 * @public
 */
export const EntitySloCard = lakehousePlugin.provide(
  createComponentExtension({
    name: 'EntitySloCard',
    component: {
      lazy: () => import('./slo').then(m => m.EntitySloCard),
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

/**
 * Whether an entity has SLOs, or could have some.
 *
 * @public
 */
export function isSloAvailable(entity: Entity): boolean {
  return hasSloTab(entity);
}
