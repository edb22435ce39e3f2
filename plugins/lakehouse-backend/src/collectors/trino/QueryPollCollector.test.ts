import { NotFoundError } from '@backstage/errors';
import type {
  TrinoConnection,
  TrinoListedQuery,
  TrinoResult,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createFakeTrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node/testing';
import { collect, ofType } from './__testUtils__/collect';
import { listedQuery } from './__testUtils__/listedQuery';
import { denied, html, unreachable } from './__testUtils__/trinoErrors';
import { QueryPollCollector } from './QueryPollCollector';
import { ResourceGroupRoots } from './ResourceGroupRoots';

function setUp(options: {
  connection?: Partial<TrinoConnection>;
  liveQueryIds?: () => string[];
  maxLookups?: number;
}) {
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') };
  const roots = ResourceGroupRoots.create();
  const collector = QueryPollCollector.create({
    connection: createFakeTrinoConnection(options.connection),
    store: { liveQueryIds: async () => options.liveQueryIds?.() ?? [] },
    config: { fullListEveryMs: 30_000, maxLookups: options.maxLookups ?? 20 },
    prepareQueryText: text => ({ text: text.toUpperCase(), truncated: true }),
    roots,
    now: () => clock.now,
  });
  return { collector, clock, roots };
}

describe('QueryPollCollector', () => {
  it('tells queries with their text prepared, and leaves out our own', async () => {
    const { collector, roots } = setUp({
      connection: {
        listQueries: async () => [
          listedQuery({
            queryId: 'a',
            cpuMs: 12,
            traceToken: 'abc',
            errorName: 'EXCEEDED_TIME_LIMIT',
            errorCode: 131_073,
            errorType: 'INSUFFICIENT_RESOURCES',
            state: 'FAILED',
          }),
          listedQuery({
            queryId: 'b',
            source: 'lakehouse-ops',
            resourceGroup: ['ops'],
          }),
        ],
      },
    });
    const observations = await collect(collector);
    expect(ofType(observations, 'QueryObserved')).toEqual([
      {
        type: 'QueryObserved',
        query: expect.objectContaining({
          connection: 'analytics',
          queryId: 'a',
          state: 'FAILED',
          cpuMs: 12,
          traceToken: 'abc',
          queryText: 'SELECT 1',
          queryTextTruncated: true,
          observedBy: ['poll'],
          observedAt: '2026-11-21T10:00:00.000Z',
          error: {
            code: 131_073,
            name: 'EXCEEDED_TIME_LIMIT',
            type: 'INSUFFICIENT_RESOURCES',
            message: undefined,
          },
        }),
      },
    ]);
    expect(ofType(observations, 'LiveQueriesObserved')[0].queryIds).toEqual([
      'b',
    ]);
    expect(ofType(observations, 'GapClosed')).toHaveLength(1);
    expect(roots.list()).toEqual({ roots: ['global', 'ops'], guessed: false });
  });

  it('asks for the whole list at first and every 30 seconds, for live ones in between', async () => {
    const asked: Array<readonly string[] | undefined> = [];
    const { collector, clock } = setUp({
      connection: {
        listQueries: async options => {
          asked.push(options?.states);
          return [];
        },
      },
    });
    for (const seconds of [0, 5, 25, 5]) {
      clock.now += seconds * 1000;
      await collect(collector);
    }
    expect(asked.map(states => states?.includes('RUNNING'))).toEqual([
      undefined,
      true,
      undefined,
      true,
    ]);
    expect(asked[1]).not.toContain('FINISHED');
  });

  it('tells an ended query once', async () => {
    const { collector, clock } = setUp({
      connection: {
        listQueries: async () => [
          listedQuery({ queryId: 'a', state: 'FINISHED' }),
          listedQuery({ queryId: 'b' }),
        ],
      },
    });
    await collect(collector);
    clock.now += 60_000;
    const again = ofType(await collect(collector), 'QueryObserved');
    expect(again.map(({ query }) => query.queryId)).toEqual(['b']);
  });

  it('tells an ended query again when it was not taken', async () => {
    const { collector, clock } = setUp({
      connection: {
        listQueries: async () => [
          listedQuery({ queryId: 'a', state: 'FINISHED' }),
        ],
      },
    });
    const { signal } = new AbortController();
    const failing = collector.collect({ signal })[Symbol.asyncIterator]();
    await failing.next();
    await failing.return?.(undefined);

    clock.now += 60_000;
    const again = ofType(await collect(collector), 'QueryObserved');
    expect(again.map(({ query }) => query.queryId)).toEqual(['a']);
  });

  it('looks up queries that vanished before it calls them ended', async () => {
    const getQuery = jest.fn(
      async (id: string): Promise<TrinoListedQuery | undefined> => {
        if (id === 'refused') throw denied();
        return id === 'ended'
          ? listedQuery({ queryId: id, state: 'FINISHED' })
          : undefined;
      },
    );
    const { collector } = setUp({
      connection: {
        listQueries: async () => [listedQuery({ queryId: 'running' })],
        getQuery,
      },
      liveQueryIds: () => ['running', 'ended', 'gone', 'refused'],
    });
    const observations = await collect(collector);
    expect(getQuery).toHaveBeenCalledTimes(3);
    expect(
      ofType(observations, 'QueryObserved').map(
        ({ query }) => `${query.queryId} ${query.state}`,
      ),
    ).toEqual(['running RUNNING', 'ended FINISHED']);
    expect(ofType(observations, 'LiveQueriesObserved')[0].queryIds).toEqual([
      'running',
      'refused',
    ]);
  });

  it('reads the whole list when many vanished, and looks up only so many', async () => {
    const vanished = Array.from({ length: 10 }, (_, n) => `q${n}`);
    let listed = 0;
    const getQuery = jest.fn(async () => undefined);
    const { collector, clock } = setUp({
      connection: {
        listQueries: async options => {
          listed += 1;
          return options?.states || listed === 1
            ? []
            : [listedQuery({ queryId: 'q0', state: 'FINISHED' })];
        },
        getQuery,
      },
      liveQueryIds: () => (listed > 1 ? vanished : []),
      maxLookups: 3,
    });
    await collect(collector);
    clock.now += 5_000;
    const observations = await collect(collector);
    expect(listed).toBe(3);
    expect(getQuery).toHaveBeenCalledTimes(3);
    expect(ofType(observations, 'QueryObserved')).toHaveLength(1);
    expect(ofType(observations, 'LiveQueriesObserved')[0].queryIds).toEqual(
      vanished.slice(4),
    );
  });

  it.each([
    ['unreachable', unreachable],
    ['bad-response', html],
  ])(
    'tells a gap while Trino is %s, and recovers by itself',
    async (code, error) => {
      let broken = true;
      const { collector } = setUp({
        connection: {
          listQueries: async () => {
            if (broken) throw error();
            return [];
          },
        },
        liveQueryIds: () => ['a'],
      });
      const observations = await collect(collector);
      expect(observations).toEqual([
        {
          type: 'GapOpened',
          gap: {
            connection: 'analytics',
            subject: 'queries',
            since: '2026-11-21T10:00:00.000Z',
            code,
            reason: expect.stringMatching(/./),
            remedy: expect.stringMatching(/./),
          },
        },
      ]);
      broken = false;
      expect(ofType(await collect(collector), 'GapClosed')).toHaveLength(1);
    },
  );

  it('says nothing when it was stopped', async () => {
    const controller = new AbortController();
    const { collector } = setUp({
      connection: {
        listQueries: async () => {
          controller.abort();
          throw unreachable();
        },
      },
    });
    expect(await collect(collector, controller.signal)).toEqual([]);
  });

  describe('where /v1/query is refused', () => {
    const answer = (rows: TrinoResult['rows']): TrinoResult => ({
      queryId: 'own',
      columns: [],
      rows,
      truncated: false,
      elapsedMs: 1,
    });

    it('reads system.runtime.queries, and says what is missing', async () => {
      const listQueries = jest.fn(async () => {
        throw denied();
      });
      const statements: string[] = [];
      const { collector, clock } = setUp({
        connection: {
          listQueries,
          query: async sql => {
            statements.push(sql);
            return answer([
              {
                query_id: 'a',
                state: 'FAILED',
                user: 'bob',
                source: null,
                query: 'SELECT 2',
                resource_group_id: ['global'],
                queued_time_ms: '4',
                created: '2026-11-21T09:59:00.000Z',
                ended: '2026-11-21T09:59:02.500Z',
                error_type: 'USER_ERROR',
                error_code: 'SYNTAX_ERROR',
              },
              {
                query_id: 'own',
                state: 'RUNNING',
                source: 'lakehouse-ops',
                created: '2026-11-21T10:00:00.000Z',
              },
            ]);
          },
        },
        liveQueryIds: () => ['vanished'],
      });
      const observations = await collect(collector);
      const [{ query }, ...others] = ofType(observations, 'QueryObserved');
      expect(others).toEqual([]);
      expect(query).toMatchObject({
        queryId: 'a',
        user: 'bob',
        source: undefined,
        queuedMs: 4,
        wallMs: 2500,
        error: { name: 'SYNTAX_ERROR', type: 'USER_ERROR' },
      });
      expect(query.cpuMs).toBeUndefined();
      expect(ofType(observations, 'LiveQueriesObserved')[0].queryIds).toEqual([
        'own',
      ]);
      const [{ gap }] = ofType(observations, 'GapOpened');
      expect(gap.code).toBe('forbidden');
      expect(gap.reason).toMatch(/403.*neither CPU time nor memory/);

      clock.now += 5_000;
      await collect(collector);
      expect(listQueries).toHaveBeenCalledTimes(1);
      expect(statements[1]).toContain("state IN ('QUEUED'");

      clock.now += 5 * 60_000;
      await collect(collector);
      expect(listQueries).toHaveBeenCalledTimes(2);
    });

    it('tells a gap when that fails as well', async () => {
      const { collector } = setUp({
        connection: {
          listQueries: async () => {
            throw new NotFoundError('404 on /v1/query');
          },
          query: async () => {
            throw unreachable();
          },
        },
      });
      const observations = await collect(collector);
      expect(observations.map(({ type }) => type)).toEqual(['GapOpened']);
    });
  });
});
