import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { reduceTrinoEvent } from './reduceTrinoEvent';
import { scanTrinoEvent } from './scanTrinoEvent';

const FIXTURES = join(__dirname, '__fixtures__');
const fixture = (name: string) => readFileSync(join(FIXTURES, `${name}.json`));

const reduce = (body: Buffer, maxTextLength?: number) =>
  reduceTrinoEvent(scanTrinoEvent(body, { maxTextLength }), {
    connection: 'analytics',
    observedAt: new Date('2026-11-21T09:00:00Z'),
    maxTextLength,
  });
const reduceObject = (event: object) =>
  reduce(Buffer.from(JSON.stringify(event)));

describe('scanTrinoEvent', () => {
  it.each(readdirSync(FIXTURES))('reads of %s what JSON.parse reads', name => {
    const body = readFileSync(join(FIXTURES, name));
    const expected = JSON.parse(body.toString());
    const { metadata, context, statistics, ioMetadata, failureInfo, ...times } =
      scanTrinoEvent(body);
    expect({ ...times }).toEqual({
      createTime: expected.createTime,
      executionStartTime: expected.executionStartTime,
      endTime: expected.endTime,
    });
    expect({ ...expected.metadata, tables: [] }).toMatchObject({
      ...metadata,
      tables: [],
    });
    expect(expected.metadata.tables).toMatchObject(metadata.tables ?? []);
    expect(expected.context).toMatchObject(context);
    expect(expected.ioMetadata ?? {}).toMatchObject(ioMetadata);
    expect(expected.failureInfo ?? {}).toMatchObject(failureInfo ?? {});
    expect(statistics === undefined).toBe(expected.statistics === undefined);
    for (const [field, value] of Object.entries(statistics ?? {})) {
      const factor = field.endsWith('Time') ? 1000 : 1;
      expect(value).toBe(
        expected.statistics[field] === undefined
          ? undefined
          : Math.round(expected.statistics[field] * factor),
      );
    }
  });

  it('refuses every beginning of an event', () => {
    const body = Buffer.from(
      fixture('missing-table.completed').toString().trim(),
    );
    fc.assert(
      fc.property(fc.nat({ max: body.length - 1 }), length => {
        expect(() => scanTrinoEvent(body.subarray(0, length))).toThrow(
          `ends too early, after ${length} bytes`,
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['{}'],
    ['[]'],
    ['null'],
    ['"x"'],
    ['{"metadata":{}}'],
    ['{"metadata":{"queryId":""}}'],
    ['{"metadata":{"queryId":7}}'],
  ])('refuses %s, which is JSON but no event', json => {
    expect(() => scanTrinoEvent(Buffer.from(json))).toThrow(
      /metadata.queryId is missing/,
    );
  });
});

describe('reduceTrinoEvent', () => {
  it('keeps the figures of a query that ended', () => {
    expect(reduce(fixture('select.completed'))).toEqual({
      connection: 'analytics',
      queryId: '20261121_081642_00409_s72fr',
      state: 'FINISHED',
      user: 'dev',
      source: 'tq',
      clientTags: [],
      resourceGroup: ['global'],
      queryType: 'SELECT',
      createdAt: '2026-11-21T08:16:42.461Z',
      startedAt: '2026-11-21T08:16:42.468Z',
      endedAt: '2026-11-21T08:16:42.977Z',
      queuedMs: 3,
      analysisMs: 6,
      planningMs: 176,
      executionMs: 509,
      wallMs: 517,
      cpuMs: 225,
      physicalInputBytes: 0,
      physicalInputRows: 75175,
      outputBytes: 157,
      outputRows: 5,
      writtenBytes: 0,
      writtenRows: 0,
      spilledBytes: 0,
      peakMemoryBytes: 1523696,
      tablesRead: ['tpch.tiny.orders', 'tpch.tiny.lineitem'],
      tablesWritten: [],
      queryText: expect.stringMatching(/^select o.orderpriority/),
      observedBy: ['listener'],
      observedAt: '2026-11-21T09:00:00.000Z',
    });
  });

  it('tells a query that began from one that ended', () => {
    const created = reduce(fixture('select.created'));
    expect(created).toMatchObject({
      queryId: '20261121_081642_00409_s72fr',
      state: 'QUEUED',
      user: 'dev',
    });
    expect(created.endedAt).toBeUndefined();
    expect(created.wallMs).toBeUndefined();
  });

  it('finds the table of ALTER TABLE EXECUTE in its output', () => {
    expect(reduce(fixture('optimize.completed'))).toMatchObject({
      queryType: 'ALTER_TABLE_EXECUTE',
      tablesRead: ['iceberg.t.ev'],
      tablesWritten: ['iceberg.t.ev'],
    });
  });

  it('tells what an INSERT read and wrote', () => {
    expect(reduce(fixture('insert.completed'))).toMatchObject({
      tablesRead: ['tpch.tiny.customer'],
      tablesWritten: ['iceberg.t.ev'],
      writtenRows: 1500,
    });
  });

  it('counts a look at a metadata table as one at the table', () => {
    expect(reduce(fixture('metadata-table.completed')).tablesRead).toEqual([
      'iceberg.t.ev',
    ]);
  });

  it('keeps a table whose own name has a dollar sign', () => {
    const { tablesRead } = reduceObject({
      metadata: {
        queryId: 'q',
        tables: [
          { catalog: 'c', schema: 's', table: 'we"ird.na$me ü' },
          { catalog: 'c', schema: 's', table: '$files' },
          { catalog: 'c', table: 'no schema' },
        ],
      },
    });
    expect(tablesRead).toEqual(['c.s."we""ird.na$me ü"', 'c.s.$files']);
  });

  it('says who was killed and why', () => {
    const record = reduce(fixture('killed-procedure.completed'));
    expect(record.state).toBe('FAILED');
    expect(record.error).toMatchObject({
      code: 38,
      name: 'ADMINISTRATIVELY_KILLED',
      type: 'USER_ERROR',
      message: expect.stringMatching(/^Query killed. Message: /),
    });
  });

  it('keeps tags, source and trace', () => {
    expect(reduce(fixture('client-tags.completed'))).toMatchObject({
      clientTags: ['backstage', 'test'],
      source: 'backstage-plugin',
      traceToken: 'abc',
    });
  });

  it('takes a query that failed before it had a resource group', () => {
    expect(reduce(fixture('syntax-error.completed'))).toMatchObject({
      state: 'FAILED',
      resourceGroup: [],
      error: { name: 'SYNTAX_ERROR' },
    });
  });

  it('makes do with what is there', () => {
    expect(
      reduceObject({
        future: { x: [1, { y: null }] },
        metadata: { queryId: '20261121_081642_00409_s72fr', tables: 'none' },
        statistics: { cpuTime: 'fast', wallTime: 1.5, other: {} },
        context: null,
        failureInfo: { errorCode: {} },
      }),
    ).toMatchObject({
      state: 'FAILED',
      createdAt: '2026-11-21T08:16:42.000Z',
      cpuMs: undefined,
      wallMs: 1500,
      user: undefined,
      error: { name: 'UNKNOWN' },
    });
    expect(reduceObject({ metadata: { queryId: 'x' } })).toMatchObject({
      state: 'QUEUED',
      createdAt: '2026-11-21T09:00:00.000Z',
    });
  });

  it('keeps Trino’s times where its clock is ahead of ours', () => {
    const createTime = '2027-01-01T00:00:00Z';
    expect(
      reduceObject({ createTime, metadata: { queryId: 'x' } }),
    ).toMatchObject({
      createdAt: '2027-01-01T00:00:00.000Z',
      observedAt: '2026-11-21T09:00:00.000Z',
    });
  });

  it('takes an ANALYZE as writing what it reads', () => {
    expect(
      reduceObject({
        metadata: {
          queryId: 'x',
          tables: [{ catalog: 'c', schema: 's', table: 't' }],
        },
        context: { queryType: 'ANALYZE' },
        statistics: {},
      }).tablesWritten,
    ).toEqual(['c.s.t']);
  });

  it('masks secrets in text and message, and limits both', () => {
    const record = reduceObject({
      metadata: {
        queryId: 'x',
        query: `CREATE CATALOG c WITH (password = 's3cret') ${'x'.repeat(
          20_000,
        )}`,
      },
      failureInfo: {
        errorCode: { name: 'E' },
        failureMessage: `can't reach jdbc:x://u:s3cret@h ${'y'.repeat(9_000)}`,
      },
    });
    expect(JSON.stringify(record)).not.toContain('s3cret');
    expect(record.queryText).toHaveLength(10_000);
    expect(record.queryTextTruncated).toBe(true);
    expect(record.error?.message?.length).toBe(4_000);
  });
});
