import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  RunbookDefinition,
  RunbookStatistics,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RunbookSuggester } from './RunbookSuggester';

const alice = mockCredentials.user('user:default/alice');

const cache: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'personal-cache',
    namespace: 'default',
    annotations: { 'lakehouse-ops.io/cache': 'cache/personal-api:v1/' },
  },
  spec: { type: 'cache' },
};

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'personal-api', namespace: 'default' },
  spec: { type: 'service' },
  relations: [
    { type: 'dependsOn', targetRef: 'resource:default/personal-cache' },
    { type: 'dependsOn', targetRef: 'resource:default/gone' },
    { type: 'ownedBy', targetRef: 'group:default/a' },
  ],
};

function runbook(
  name: string,
  given: Partial<RunbookDefinition>,
): RunbookDefinition {
  return {
    name,
    title: name,
    description: name,
    verb: 'Run',
    tags: [],
    risk: 'low',
    appliesTo: [],
    triggers: [],
    parameters: { type: 'object', properties: {} },
    target: { system: 'redis', connection: 'x', kind: 'k', name: 'n' },
    limits: {},
    whenLocked: 'refuse',
    steps: [],
    onFailure: [],
    finally: [],
    ...given,
  };
}

const stampede = runbook('cache-stampede', {
  appliesTo: [
    { kind: 'resource', type: 'Cache' },
    { annotation: 'lakehouse-ops.io/cache' },
  ],
  triggers: [{ slo: { indicator: 'cache-hit-ratio' } }],
  target: {
    system: 'redis',
    connection: '${{ parameters.connection }}',
    kind: 'prefix',
    name: 'x',
  },
  parameters: {
    type: 'object',
    properties: {
      connection: {
        type: 'string',
        'x-from': 'annotation:lakehouse-ops.io/cache#connection',
      },
      prefix: {
        type: 'string',
        'x-from': 'annotation:lakehouse-ops.io/cache#rest',
      },
      slo: { type: 'string', 'x-from': 'slo.name' },
      entity: { 'x-from': 'entity.ref' },
      count: { type: 'integer', 'x-from': 'slo.name' },
      other: { type: 'string', 'x-from': 'process.env.HOME' },
      polluted: { type: 'string', 'x-from': 'annotation:__proto__' },
    },
  },
});

function setup(
  definitions: RunbookDefinition[],
  statistics: Record<string, Partial<RunbookStatistics>> = {},
) {
  const catalog = catalogServiceMock({ entities: [cache, service] });
  const suggester = RunbookSuggester.create({
    catalog,
    book: {
      list: () =>
        definitions.map(definition => ({ definition, hash: '', source: '' })),
    },
    statistics: {
      read: async () =>
        new Map(
          Object.entries(statistics).map(([name, figures]) => [
            name,
            { windowDays: 90, runs: 0, helped: 0, failed: 0, ...figures },
          ]),
        ),
    },
    summaryOf: ({ definition }) => ({
      id: definition.name,
      title: definition.title,
      description: definition.description,
      verb: definition.verb,
      risk: definition.risk,
      attributes: { readOnly: false, destructive: true, idempotent: false },
      parametersSchema: definition.parameters,
    }),
  });
  const names = async (
    context: Parameters<typeof suggester.suggest>[0],
  ): Promise<string[]> =>
    (await suggester.suggest(context, alice)).map(({ runbook: { id } }) => id);
  return { suggester, names };
}

describe('RunbookSuggester', () => {
  it('suggests what an alert is about, filled in from what the entity depends on', async () => {
    const { suggester } = setup([stampede], {
      'cache-stampede': { runs: 4, helped: 3 },
    });
    const items = await suggester.suggest(
      {
        entityRef: 'component:default/personal-api',
        slo: { name: 'hits', indicator: 'cache-hit-ratio' },
      },
      alice,
    );
    expect(items).toEqual([
      {
        runbook: expect.objectContaining({ id: 'cache-stampede' }),
        reason: 'It is for SLOs on cache hit ratio whose alert fires.',
        parameters: {
          connection: 'cache',
          prefix: 'personal-api:v1/',
          slo: 'hits',
          entity: 'resource:default/personal-cache',
        },
        statistics: { windowDays: 90, runs: 4, helped: 3, failed: 0 },
      },
    ]);
  });

  it('says why: the entity itself, or what it depends on', async () => {
    const { suggester } = setup([stampede]);
    const reasonFor = async (entityRef: string) =>
      (await suggester.suggest({ entityRef }, alice)).map(item => item.reason);
    expect(await reasonFor('resource:default/personal-cache')).toEqual([
      'It is for resources of the type Cache such as this one.',
    ]);
    expect(await reasonFor('component:default/personal-api')).toEqual([
      'It is for resources of the type Cache such as resource:default/personal-cache, which this depends on.',
    ]);
    expect(await reasonFor('component:default/gone')).toEqual([]);
    await expect(
      suggester.suggest({ entityRef: 'personal-api' }, alice),
    ).rejects.toThrow('entityRef');
  });

  it('matches triggers by all that they name', async () => {
    const { names } = setup([
      runbook('by-name', { triggers: [{ slo: { name: 'hits' } }] }),
      runbook('by-both', {
        triggers: [{ slo: { name: 'hits', indicator: 'latency' } }],
      }),
      runbook('by-indicator', {
        triggers: [{ slo: { indicator: 'cache-hit-ratio' } }],
      }),
      runbook('by-condition', {
        triggers: [{ condition: { system: 'trino', name: 'connection-lost' } }],
      }),
      runbook('by-time', {
        triggers: [{ cron: { expression: '0 3 * * *', timeZone: 'UTC' } }],
      }),
    ]);
    expect(
      await names({ slo: { name: 'hits', indicator: 'cache-hit-ratio' } }),
    ).toEqual(['by-name', 'by-indicator']);
    expect(await names({ slo: { name: 'other' } })).toEqual([]);
    expect(
      await names({ condition: { system: 'trino', name: 'connection-lost' } }),
    ).toEqual(['by-condition']);
    expect(
      await names({ condition: { system: 'redis', name: 'connection-lost' } }),
    ).toEqual([]);
  });

  it('offers nothing for a condition that is not made for it', async () => {
    const { names } = setup([stampede]);
    expect(await names({ system: 'redis', connection: 'y' })).toHaveLength(1);
    expect(
      await names({
        condition: { system: 'redis', name: 'connection-lost' },
        system: 'redis',
        connection: 'y',
      }),
    ).toEqual([]);
  });

  it('matches a system, and no other connection than a runbook names', async () => {
    const { names } = setup([
      stampede,
      runbook('named', {}),
      runbook('trino', {
        target: { system: 'trino', connection: 'x', kind: 'k', name: 'n' },
      }),
    ]);
    expect(await names({ system: 'redis', connection: 'y' })).toEqual([
      'cache-stampede',
    ]);
    expect(await names({ system: 'redis', connection: 'x' })).toEqual([
      'cache-stampede',
      'named',
    ]);
    expect(await names({ system: 'none' })).toEqual([]);
  });

  it('puts what helped more often first among what fits alike, at most 20', async () => {
    const triggers = [{ slo: { indicator: 'latency' } }];
    const { names } = setup(
      [
        runbook('a-never', { triggers }),
        runbook('b-half', { triggers }),
        runbook('c-always', { triggers }),
        runbook('d-often', { triggers }),
      ],
      {
        'b-half': { runs: 10, helped: 5 },
        'c-always': { runs: 1, helped: 1 },
        'd-often': { runs: 9, helped: 9 },
      },
    );
    expect(await names({ slo: { name: 'x', indicator: 'latency' } })).toEqual([
      'd-often',
      'c-always',
      'b-half',
      'a-never',
    ]);
    const many = setup(
      Array.from({ length: 30 }, (_, i) => runbook(`r-${i}`, { triggers })),
    );
    expect(
      await many.names({ slo: { name: 'x', indicator: 'latency' } }),
    ).toHaveLength(20);
  });
});
