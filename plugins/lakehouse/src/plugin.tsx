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
import TrackChangesIcon from '@material-ui/icons/TrackChanges';
import {
  isLakehouseEntity,
  LakehouseClient,
  SloClient,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { RunbookPickerBlueprint } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef, sloApiRef } from './api';
import { lakehousePickers } from './pickers';
import { rootRouteRef } from './routes';
import { hasSloCard, hasSloTab } from './slo/entity/hasSloTab';

const lakehouseApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: lakehouseApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new LakehouseClient({ discoveryApi, fetchApi }),
    }),
});

const sloApi = ApiBlueprint.make({
  name: 'slos',
  params: defineParams =>
    defineParams({
      api: sloApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new SloClient({ discoveryApi, fetchApi }),
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

const entitySloContent = EntityContentBlueprint.make({
  name: 'slos',
  params: {
    path: '/slos',
    title: 'SLOs',
    group: 'observability',
    icon: <TrackChangesIcon fontSize="inherit" />,
    filter: hasSloTab,
    loader: () =>
      import('./slo').then(({ EntitySloContent }) => <EntitySloContent />),
  },
});

const entitySloCard = EntityCardBlueprint.make({
  name: 'slos',
  params: {
    type: 'info',
    filter: hasSloCard,
    loader: () =>
      import('./slo').then(({ EntitySloCard }) => <EntitySloCard />),
  },
});

const pickers = lakehousePickers.map(picker =>
  RunbookPickerBlueprint.make({ name: picker.name, params: { picker } }),
);

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
  extensions: [
    lakehouseApi,
    sloApi,
    lakehousePage,
    entityContent,
    entitySloContent,
    entityCard,
    entitySloCard,
    ...pickers,
  ],
});
