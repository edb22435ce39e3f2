import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import StorageIcon from '@material-ui/icons/Storage';
import {
  isLakehouseEntity,
  LakehouseClient,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { lakehouseApiRef } from './api';
import { rootRouteRef } from './routes';

const lakehouseApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: lakehouseApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new LakehouseClient({ discoveryApi, fetchApi }),
    }),
});

const lakehousePage = PageBlueprint.make({
  params: {
    path: '/lakehouse',
    routeRef: rootRouteRef,
    title: 'Lakehouse',
    icon: <StorageIcon fontSize="inherit" />,
    loader: () =>
      import('./fleet').then(({ LakehousePageContent }) => (
        <LakehousePageContent />
      )),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/lakehouse',
    title: 'Lakehouse',
    group: 'observability',
    icon: <StorageIcon fontSize="inherit" />,
    filter: isLakehouseEntity,
    loader: () =>
      import('./entity').then(({ EntityLakehouseContent }) => (
        <EntityLakehouseContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: isLakehouseEntity,
    loader: () =>
      import('./entity').then(({ EntityLakehouseCard }) => (
        <EntityLakehouseCard />
      )),
  },
});

/**
 * Lakehouse health on catalog entities, and the `/lakehouse` page, for apps on
 * the new frontend system.
 *
 * @public
 */
export const lakehousePlugin = createFrontendPlugin({
  pluginId: 'lakehouse',
  title: 'Lakehouse',
  icon: <StorageIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [lakehouseApi, lakehousePage, entityContent, entityCard],
});
