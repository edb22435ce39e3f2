import { useLocation } from 'react-router-dom';
import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  LakehouseApi,
  SloApi,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef, sloApiRef } from '../api';

const LocationProbe = () => (
  <output data-testid="location">{useLocation().search}</output>
);

/** An entity with these annotations. */
export function entityWith(
  annotations: Record<string, string>,
  overrides: Partial<Entity> & { name?: string } = {},
): Entity {
  const { name = 'thing', ...rest } = overrides;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name, namespace: 'default', annotations },
    spec: { owner: 'team-data-platform' },
    ...rest,
  };
}

/** Renders something of this plugin in an app on the new frontend system. */
export function renderLakehouse(
  element: JSX.Element,
  options: {
    api: LakehouseApi;
    /** The app has no client for SLOs without. */
    slos?: SloApi;
    runbooks?: Partial<typeof runbooksApiRef.T>;
    entity?: Entity;
    /** What the catalog has. */
    entities?: Entity[];
    search?: string;
  },
) {
  const runbooks: Partial<typeof runbooksApiRef.T> = {
    getAllowances: async asks => ({
      items: asks.map(() => ({ allowed: true })),
    }),
    getSuggestions: async () => ({ items: [] }),
    ...options.runbooks,
  };
  const inner = options.entity ? (
    <EntityProvider entity={options.entity}>{element}</EntityProvider>
  ) : (
    element
  );
  return renderInTestApp(
    <>
      {inner}
      <LocationProbe />
    </>,
    {
      apis: [
        [lakehouseApiRef, options.api],
        ...(options.slos ? [[sloApiRef, options.slos] as const] : []),
        [runbooksApiRef, runbooks as typeof runbooksApiRef.T],
        [catalogApiRef, catalogApiMock({ entities: options.entities ?? [] })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${options.search ?? ''}`],
    },
  );
}
