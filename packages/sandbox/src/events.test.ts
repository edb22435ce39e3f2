import { z } from 'zod';
import { trinoCall } from './__testUtils__/trinoCall';
import { type Sandbox, startSandbox } from './startSandbox';

const completedSchema = z.looseObject({
  metadata: z.looseObject({
    queryId: z.string(),
    query: z.string(),
    queryState: z.enum(['FINISHED', 'FAILED']),
    updateType: z.string().optional(),
    tables: z.array(z.looseObject({ catalog: z.string(), table: z.string() })),
    payload: z.string().optional(),
  }),
  statistics: z.looseObject({
    cpuTime: z.number(),
    wallTime: z.number(),
    queuedTime: z.number(),
    executionTime: z.number().optional(),
    peakUserMemoryBytes: z.number(),
    writtenBytes: z.number(),
  }),
  context: z.looseObject({
    user: z.string(),
    source: z.string().optional(),
    clientTags: z.array(z.string()),
    resourceGroupId: z.array(z.string()),
    serverVersion: z.literal('476'),
  }),
  ioMetadata: z.looseObject({
    inputs: z.array(z.looseObject({ table: z.string() })),
    output: z.looseObject({ table: z.string() }).optional(),
  }),
  failureInfo: z
    .looseObject({
      errorCode: z.looseObject({ code: z.number(), name: z.string() }),
      failureMessage: z.string(),
    })
    .optional(),
  createTime: z.iso.datetime(),
  executionStartTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
});

describe('query events', () => {
  const bodies: string[] = [];
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      speed: 20,
      listener: {
        url: 'http://127.0.0.1/events',
        fetch: async (_url, init) => {
          bodies.push(String(init?.body));
          return new Response();
        },
      },
    });
  });

  afterAll(() => sandbox.close());

  const eventsOf = async (sql: string, headers?: Record<string, string>) => {
    const { id } = await trinoCall(sandbox, sql, headers);
    await new Promise(resolve => setTimeout(resolve, 20));
    const mine = bodies.filter(body => body.includes(`"queryId":"${id}"`));
    const completed = mine.find(body => body.includes('"statistics"'));
    return {
      created: mine.find(body => !body.includes('"statistics"')),
      body: completed ?? '',
      completed: completedSchema.parse(JSON.parse(completed ?? '{}')),
    };
  };

  it('tells of the start and the end of a query', async () => {
    const { created, completed, body } = await eventsOf(
      'SELECT count(*) FROM iceberg.gold.daily_sales',
      { 'X-Trino-Client-Tags': 'a,b', 'X-Trino-Source': 'superset' },
    );
    expect(JSON.parse(created ?? '{}')).toMatchObject({
      metadata: { queryState: 'QUEUED' },
      context: { source: 'superset', clientTags: ['a', 'b'] },
    });
    expect(completed).toMatchObject({
      metadata: {
        queryState: 'FINISHED',
        tables: [{ catalog: 'iceberg', schema: 'gold', table: 'daily_sales' }],
      },
      context: { clientTags: ['a', 'b'], source: 'superset' },
    });
    expect(body.length).toBeGreaterThan(20_000);
    expect(body.length).toBeLessThan(250_000);
  });

  it('keeps snapshot ids beyond 2^53 exact', async () => {
    const { body } = await eventsOf(
      'SELECT 1 FROM iceberg.gold.daily_sales LIMIT 1',
    );
    const id = sandbox.world.table(
      'iceberg',
      'gold',
      'daily_sales',
    )?.currentCommit;
    expect(id).toBeGreaterThan(2n ** 53n);
    expect(body).toContain(`"snapshotId":${id},`);
  });

  it('names the table of a procedure only in its output', async () => {
    const { completed } = await eventsOf(
      'ALTER TABLE iceberg.silver.sessions EXECUTE optimize',
    );
    expect(completed.metadata.updateType).toBe('ALTER TABLE EXECUTE');
    expect(completed.metadata.tables).toEqual([]);
    expect(completed.ioMetadata.output?.table).toBe('sessions');
    expect(completed.statistics.writtenBytes).toBeGreaterThan(0);
  });

  it('tells why a query failed, even when it never ran', async () => {
    const { completed } = await eventsOf('SELECT * FROM iceberg.lake.nope');
    expect(completed.metadata.payload).toBeUndefined();
    expect(completed.failureInfo).toMatchObject({
      errorCode: { code: 46, name: 'TABLE_NOT_FOUND', type: 'USER_ERROR' },
      failureMessage: "line 1:15: Table 'iceberg.lake.nope' does not exist",
    });
  });
});
