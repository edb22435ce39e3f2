import { Content } from '@backstage/core-components';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { EntityLakehouseCard, EntityLakehouseContent } from '../src/entity';
import { EntitySloCard, EntitySloContent } from '../src/slo';
import { ENTITIES } from './entities';

export const entityPage = createFrontendPlugin({
  pluginId: 'dev-entities',
  extensions: [
    PageBlueprint.make({
      name: 'catalog',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <Content>Entity</Content>,
      },
    }),
    ...Object.entries(ENTITIES).flatMap(([name, entity]) => [
      PageBlueprint.make({
        name: `tab-${name}`,
        params: {
          path: `/tab/${name}`,
          title: `Tab of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <EntityLakehouseContent />
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `card-${name}`,
        params: {
          path: `/card/${name}`,
          title: `Card of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <div style={{ width: 480 }}>
                  <EntityLakehouseCard />
                </div>
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `slos-${name}`,
        params: {
          path: `/slos/${name}`,
          title: `SLOs of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <EntitySloContent />
              </Content>
            </EntityProvider>
          ),
        },
      }),
      PageBlueprint.make({
        name: `slo-card-${name}`,
        params: {
          path: `/slo-card/${name}`,
          title: `SLO card of ${name}`,
          loader: async () => (
            <EntityProvider entity={entity}>
              <Content>
                <div style={{ width: 480 }}>
                  <EntitySloCard />
                </div>
              </Content>
            </EntityProvider>
          ),
        },
      }),
    ]),
  ],
});
