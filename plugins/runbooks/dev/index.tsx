import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import runbooksPlugin from '../src';
import { SimulatedRunbooksApi } from './SimulatedRunbooksApi';
import { ButtonsPage } from './ButtonsPage';

const simulation = createFrontendModule({
  pluginId: 'runbooks',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: runbooksApiRef,
          deps: {},
          factory: () => new SimulatedRunbooksApi(),
        }),
    }),
  ],
});

const demo = createFrontendPlugin({
  pluginId: 'demo',
  extensions: [
    PageBlueprint.make({
      name: 'buttons',
      params: {
        path: '/buttons',
        title: 'Buttons',
        loader: async () => <ButtonsPage />,
      },
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        title: 'Entity',
        routeRef: convertLegacyRouteRef(entityRouteRef),
        loader: async () => <div>An entity</div>,
      },
    }),
  ],
});

createDevApp({ features: [runbooksPlugin, simulation, demo] });
