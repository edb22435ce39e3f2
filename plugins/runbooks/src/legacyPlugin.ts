import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { RunbooksClient } from '@lakehouse-ops/plugin-runbooks-common';
import {
  runbookPickersApiRef,
  RunbookPickers,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import type { Entity } from '@backstage/catalog-model';
import { hasRunbooks } from './components/EntityRunbooks/hasRunbooks';
import { entityPicker } from './pickers/entityPicker';

const rootRouteRef = createRouteRef({ id: 'runbooks' });

/**
 * The Runbooks plugin for apps on the old frontend system. It also provides
 * the API that the runbook buttons of other plugins use.
 *
 * @public
 */
export const runbooksPlugin = createPlugin({
  id: 'runbooks',
  apis: [
    createApiFactory({
      api: runbooksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new RunbooksClient(apis),
    }),
    createApiFactory({
      api: runbookPickersApiRef,
      deps: {},
      factory: () => RunbookPickers.create({ pickers: [entityPicker] }),
    }),
  ],
  routes: { root: rootRouteRef },
});

/**
 * All of Runbooks; put it on the route `/runbooks`.
 *
 * @public
 */
export const RunbooksPage = runbooksPlugin.provide(
  createRoutableExtension({
    name: 'RunbooksPage',
    mountPoint: rootRouteRef,
    component: () => import('./components/LegacyPage').then(m => m.LegacyPage),
  }),
);

/**
 * The Runbooks tab of an entity. Mount it at `/runbooks` of entity pages, if
 * {@link isRunbooksAvailable}.
 *
 * @public
 */
export const EntityRunbooksContent = runbooksPlugin.provide(
  createComponentExtension({
    name: 'EntityRunbooksContent',
    component: {
      lazy: () =>
        import('./components/EntityRunbooks').then(
          m => m.EntityRunbooksContent,
        ),
    },
  }),
);

/**
 * The overview card of an entity's runbooks, if {@link isRunbooksAvailable}.
 *
 * @public
 */
export const EntityRunbooksCard = runbooksPlugin.provide(
  createComponentExtension({
    name: 'EntityRunbooksCard',
    component: {
      lazy: () =>
        import('./components/EntityRunbooks').then(m => m.EntityRunbooksCard),
    },
  }),
);

/**
 * Whether there may be runbooks for an entity. Which there are only the
 * backend knows.
 *
 * @public
 */
export function isRunbooksAvailable(entity: Entity): boolean {
  return hasRunbooks(entity);
}
