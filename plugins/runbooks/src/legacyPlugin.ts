import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { RunbooksClient } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';

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
