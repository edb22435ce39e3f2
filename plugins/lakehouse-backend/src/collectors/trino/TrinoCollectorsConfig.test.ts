import { mockServices } from '@backstage/backend-test-utils';
import { readTrinoCollectorsConfig } from './TrinoCollectorsConfig';

const read = (collectors: object) =>
  readTrinoCollectorsConfig(
    mockServices.rootConfig({ data: { lakehouse: { collectors } } }),
  );

describe('readTrinoCollectorsConfig', () => {
  it('needs no config', () => {
    expect(read({})).toMatchObject({
      queries: { fullListEveryMs: 30_000, maxLookups: 20 },
      tables: {
        concurrency: 4,
        timeBudgetMs: 300_000,
        include: [],
        exclude: [],
        maxTables: 2000,
        smallFileBytes: 33_554_432,
      },
    });
  });

  it('reads durations in both ways', () => {
    const { queries, tables } = read({
      queries: { fullListEvery: { minutes: 1 } },
      tables: { timeBudget: '90s', include: ['gold.*'] },
    });
    expect(queries.fullListEveryMs).toBe(60_000);
    expect(tables).toMatchObject({ timeBudgetMs: 90_000, include: ['gold.*'] });
  });

  it.each([0, 1.5, 65])('refuses a concurrency of %s', concurrency => {
    expect(() => read({ tables: { concurrency } })).toThrow(
      `concurrency is ${concurrency}, which is not a whole number from 1 to 64`,
    );
  });
});
