import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogTargetFacts } from './CatalogTargetFacts';
import { readTargetConfig } from './readTargetConfig';

function entity(options: {
  kind?: string;
  name: string;
  annotations: Record<string, string>;
  labels?: Record<string, string>;
  owner: string;
}): Entity {
  const { kind = 'Resource', name, annotations, labels, owner } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { namespace: 'default', name, annotations, labels },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const entities = [
  entity({
    name: 'analytics',
    annotations: { 'lakehouse-ops.io/trino-cluster': 'analytics' },
    labels: { 'lakehouse-ops.io/environment': 'production' },
    owner: 'group:default/Platform',
  }),
  entity({
    name: 'sales',
    annotations: { 'lakehouse-ops.io/table': 'analytics/lake.sales.daily' },
    owner: 'group:default/analytics',
  }),
  entity({
    kind: 'Component',
    name: 'api',
    annotations: {
      'lakehouse-ops.io/trino-cluster': 'analytics',
      'lakehouse-ops.io/cache': 'cache/personal-api',
    },
    owner: 'group:default/personal',
  }),
];

function setup(environments: Record<string, string> = {}) {
  const catalog = catalogServiceMock({ entities });
  const logger = mockServices.logger.mock();
  const facts = CatalogTargetFacts.create({
    catalog,
    auth: mockServices.auth(),
    logger,
    config: {
      ...readTargetConfig(undefined),
      environments: new Map(Object.entries(environments)),
    },
  });
  const of = (connection: string, name: string) =>
    facts.factsOf({ system: 'any', connection, kind: 'any', name });
  return { of, catalog, logger };
}

describe('facts of targets', () => {
  it('are those of the entities that name it', async () => {
    const { of } = setup();
    expect(await of('analytics', 'lake.sales.daily')).toEqual({
      owners: ['group:default/analytics', 'group:default/platform'],
      environment: 'production',
    });
    expect(await of('analytics', 'lake.sales.other')).toEqual({
      owners: ['group:default/platform'],
      environment: 'production',
    });
    expect(await of('cache', 'personal-api:*')).toMatchObject({
      owners: ['group:default/personal'],
    });
  });

  it('are not of those who only use it, or are called alike', async () => {
    const { of } = setup();
    expect((await of('analytics', 'x')).owners).not.toContain(
      'group:default/personal',
    );
    for (const name of ['personal-api2:*', 'personal-*', '*', 'x']) {
      expect(await of('cache', name)).toEqual({
        owners: [],
        environment: undefined,
      });
    }
    expect((await of('other', 'lake.sales.daily')).owners).toEqual([]);
  });

  it('take environments from the config before the catalog', async () => {
    const { of } = setup({ analytics: 'staging' });
    expect((await of('analytics', 'x')).environment).toBe('staging');
  });

  it('make nobody an owner while the catalog can not be asked', async () => {
    const { of, catalog, logger } = setup();
    const ask = jest
      .spyOn(catalog, 'getEntities')
      .mockRejectedValueOnce(new Error('The catalog is away.'));
    expect((await of('analytics', 'x')).owners).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The catalog is away.'),
    );
    expect((await of('analytics', 'x')).owners).toEqual([
      'group:default/platform',
    ]);
    await of('analytics', 'y');
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
