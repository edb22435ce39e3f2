import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import type { Entity } from '@backstage/catalog-model';
import { Content } from '@backstage/core-components';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import runbooksPlugin from '../src';
import {
  EntityRunbooksCard,
  EntityRunbooksContent,
} from '../src/components/EntityRunbooks';
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

const entityOf = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, namespace: 'default' },
  spec: { type: 'cache', owner: 'group:default/data-platform' },
});

const catalog = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'catalog',
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({
              entities: [entityOf('sessions'), entityOf('bare')],
            }),
        }),
    }),
  ],
});

const entities = createFrontendPlugin({
  pluginId: 'dev-entities',
  extensions: ['sessions', 'bare'].map(name =>
    PageBlueprint.make({
      name: `tab-${name}`,
      params: {
        path: `/tab/${name}`,
        title: `Tab of ${name}`,
        loader: async () => (
          <EntityProvider entity={entityOf(name)}>
            <Content>
              <EntityRunbooksContent />
              <div style={{ width: 420, maxWidth: '100%', marginTop: 32 }}>
                <EntityRunbooksCard />
              </div>
            </Content>
          </EntityProvider>
        ),
      },
    }),
  ),
});

createDevApp({
  features: [runbooksPlugin, simulation, demo, entities, catalog],
});
