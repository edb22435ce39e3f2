import { NotFoundError } from '@backstage/errors';
import type {
  TrinoConnection,
  TrinoResult,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createFakeTrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node/testing';
import { collect, ofType } from './__testUtils__/collect';
import { listedQuery } from './__testUtils__/listedQuery';
import { denied, unreachable } from './__testUtils__/trinoErrors';
import { ClusterCollector } from './ClusterCollector';
import { ResourceGroupRoots } from './ResourceGroupRoots';

const METRICS = new Map([
  [
    'trino_memory_type_ClusterMemoryPool_name_general_TotalDistributedBytes',
    100,
  ],
  [
    'trino_memory_type_ClusterMemoryPool_name_general_ReservedDistributedBytes',
    30,
  ],
  [
    'trino_memory_type_ClusterMemoryPool_name_general_ReservedRevocableDistributedBytes',
    5,
  ],
  ['trino_memory_type_ClusterMemoryPool_name_general_FreeDistributedBytes', 65],
  ['trino_memory_type_ClusterMemoryPool_name_general_BlockedNodes', 1],
  ['trino_memory_name_ClusterMemoryManager_QueriesKilledDueToOutOfMemory', 2],
  ['trino_execution_name_QueryManager_RunningQueries', 3],
  ['trino_execution_name_QueryManager_QueuedQueries', 4],
  ['trino_execution_name_QueryManager_CompletedQueries', 956],
]);

const NODES: TrinoResult = {
  queryId: 'own',
  columns: [],
  rows: ['active', 'active', 'draining'].map((state, n) => ({
    node_id: `node-${n}`,
    http_uri: `http://10.0.0.${n}:8080`,
    node_version: '476',
    coordinator: n === 0,
    state,
  })),
  truncated: false,
  elapsedMs: 1,
};

function setUp(overrides: Partial<TrinoConnection> = {}) {
  const roots = ResourceGroupRoots.create();
  const collector = ClusterCollector.create({
    connection: createFakeTrinoConnection({
      metrics: async () => METRICS,
      query: async () => NODES,
      resourceGroups: async root => [{ path: root, running: 1, queued: 0 }],
      ...overrides,
    }),
    roots,
    now: () => Date.parse('2026-11-21T10:00:00Z'),
  });
  return { collector, roots };
}

describe('ClusterCollector', () => {
  it('samples memory, queries, nodes and resource groups', async () => {
    const { collector, roots } = setUp();
    roots.learn(['etl', 'nightly']);
    const observations = await collect(collector);
    expect(observations[0]).toEqual({
      type: 'ClusterSampled',
      sample: {
        connection: 'analytics',
        sampledAt: '2026-11-21T10:00:00.000Z',
        memory: {
          totalBytes: 100,
          reservedBytes: 30,
          revocableBytes: 5,
          freeBytes: 65,
          blockedNodes: 1,
          oomKills: 2,
        },
        queries: expect.objectContaining({
          running: 3,
          queued: 4,
          completed: 956,
          failed: undefined,
        }),
        nodes: { active: 2, inactive: 0, shuttingDown: 1 },
      },
      nodes: expect.arrayContaining([
        {
          nodeId: 'node-2',
          address: 'http://10.0.0.2:8080',
          version: '476',
          coordinator: false,
          state: 'draining',
        },
      ]),
      resourceGroups: [{ path: 'etl', running: 1, queued: 0 }],
    });
    expect(
      ofType(observations, 'GapClosed').map(({ subject }) => subject),
    ).toEqual([
      'cluster.memory',
      'cluster.queries',
      'cluster.nodes',
      'cluster.resource-groups',
    ]);
  });

  it('counts queries from the list where metrics are refused, and names the right', async () => {
    const { collector } = setUp({
      metrics: async () => {
        throw denied();
      },
      listQueries: async () => [
        listedQuery({ queryId: 'a' }),
        listedQuery({ queryId: 'b', state: 'QUEUED' }),
        listedQuery({ queryId: 'c', state: 'PLANNING' }),
      ],
    });
    const observations = await collect(collector);
    const [{ sample }] = ofType(observations, 'ClusterSampled');
    expect(sample.memory).toBeUndefined();
    expect(sample.queries).toEqual({ running: 1, queued: 2 });
    expect(
      ofType(observations, 'GapOpened').map(({ gap }) => [
        gap.subject,
        gap.code,
        gap.remedy,
      ]),
    ).toEqual(
      ['cluster.memory', 'cluster.queries'].map(subject => [
        subject,
        'forbidden',
        expect.stringContaining(
          'system_information rule with "allow": ["read"]',
        ),
      ]),
    );
  });

  it('takes counts of nodes from metrics where their table is refused', async () => {
    const prefix = 'trino_metadata_name_CoordinatorNodeManager';
    const { collector } = setUp({
      query: async () => {
        throw denied();
      },
      metrics: async () =>
        new Map([
          [`${prefix}_ActiveNodeCount`, 7],
          [`${prefix}_InactiveNodeCount`, 1],
          [`${prefix}_ShuttingDownNodeCount`, 0],
        ]),
    });
    const observations = await collect(collector);
    const [{ sample, nodes }] = ofType(observations, 'ClusterSampled');
    expect(sample.nodes).toEqual({ active: 7, inactive: 1, shuttingDown: 0 });
    expect(nodes).toBeUndefined();
    expect(
      ofType(observations, 'GapOpened').map(({ gap }) => gap.subject),
    ).toEqual(['cluster.memory', 'cluster.queries', 'cluster.nodes']);
  });

  it('forgets a root that is not there any more', async () => {
    const { collector, roots } = setUp({
      resourceGroups: async root => {
        if (root === 'old') throw new NotFoundError('no such group');
        return [{ path: root, running: 0, queued: 0 }];
      },
    });
    roots.learn(['old']);
    roots.learn(['new']);
    const [{ resourceGroups }] = ofType(
      await collect(collector),
      'ClusterSampled',
    );
    expect(resourceGroups).toEqual([{ path: 'new', running: 0, queued: 0 }]);
    expect(roots.list().roots).toEqual(['new']);
  });

  it('says that its guess at the root was wrong', async () => {
    const { collector } = setUp({
      resourceGroups: async () => {
        throw new NotFoundError('no such group');
      },
    });
    const [{ gap }] = ofType(await collect(collector), 'GapOpened');
    expect(gap).toMatchObject({
      subject: 'cluster.resource-groups',
      code: 'not-found',
      reason: expect.stringContaining('none named global'),
    });
  });

  it('tells only gaps while Trino is down, then samples again', async () => {
    let down = true;
    const orFail = async <T>(value: T) => {
      if (down) throw unreachable();
      return value;
    };
    const { collector } = setUp({
      metrics: () => orFail(METRICS),
      query: () => orFail(NODES),
      listQueries: () => orFail([]),
      resourceGroups: () => orFail([]),
    });
    const observations = await collect(collector);
    expect(observations.map(({ type }) => type)).toEqual(
      Array(4).fill('GapOpened'),
    );
    down = false;
    expect((await collect(collector)).map(({ type }) => type)).toEqual([
      'ClusterSampled',
      ...Array(4).fill('GapClosed'),
    ]);
  });
});
