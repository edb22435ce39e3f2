import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  runbookPickersApiRef,
  RunbookPickers,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { lakehousePickers } from '../src/pickers';
import lakehousePlugin, { lakehouseApiRef, sloApiRef } from '../src';
import { ENTITIES } from './entities';
import { entityPage } from './entityPage';
import { api } from './lakehouseApi';
import { runbooksApi } from './runbooksApi';
import { sloApi } from './sloApi';

createDevApp({
  features: [
    lakehousePlugin,
    createFrontendModule({
      pluginId: 'lakehouse',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: lakehouseApiRef,
              deps: {},
              factory: () => api,
            }),
        }),
        ApiBlueprint.make({
          name: 'slos',
          params: defineParams =>
            defineParams({
              api: sloApiRef,
              deps: {},
              factory: () => sloApi,
            }),
        }),
      ],
    }),
    entityPage,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'runbooks',
          params: defineParams =>
            defineParams({
              api: runbooksApiRef,
              deps: {},
              factory: () => runbooksApi,
            }),
        }),
        ApiBlueprint.make({
          name: 'pickers',
          params: defineParams =>
            defineParams({
              api: runbookPickersApiRef,
              deps: {},
              factory: () =>
                RunbookPickers.create({ pickers: lakehousePickers }),
            }),
        }),
        ApiBlueprint.make({
          name: 'catalog',
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                catalogApiMock({ entities: Object.values(ENTITIES) }),
            }),
        }),
      ],
    }),
  ],
});
