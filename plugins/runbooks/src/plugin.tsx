import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RunbooksClient } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import PlayCircleOutlineIcon from '@material-ui/icons/PlayCircleOutline';

const rootRouteRef = createRouteRef();

const runbooksApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: runbooksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new RunbooksClient(apis),
    }),
});

const runbooksPage = PageBlueprint.make({
  params: {
    path: '/runbooks',
    routeRef: rootRouteRef,
    title: 'Runbooks',
    icon: <PlayCircleOutlineIcon fontSize="inherit" />,
  },
});

const runsSubPage = SubPageBlueprint.make({
  name: 'runs',
  params: {
    path: 'runs',
    title: 'Runs',
    loader: () => import('./components/RunsTab').then(m => <m.RunsTab />),
  },
});

const catalogueSubPage = SubPageBlueprint.make({
  name: 'catalogue',
  params: {
    path: 'catalogue',
    title: 'Catalogue',
    loader: () =>
      import('./components/CatalogueTab').then(m => <m.CatalogueTab />),
  },
});

/**
 * The Runbooks plugin for apps on the new frontend system. It also provides
 * the API that the runbook buttons of other plugins use.
 *
 * @public
 */
export const runbooksPlugin = createFrontendPlugin({
  pluginId: 'runbooks',
  title: 'Runbooks',
  icon: <PlayCircleOutlineIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [runbooksApi, runbooksPage, runsSubPage, catalogueSubPage],
});
