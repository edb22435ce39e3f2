import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoResult } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  denied,
  tableNotFound,
  unreachable,
} from '../__testUtils__/trinoErrors';
import { probeSnapshots } from './probeSnapshots';

const refs = (...names: string[]): TableRef[] =>
  names.map(table => ({
    connection: 'analytics',
    catalog: 'iceberg',
    schema: 'lake',
    table,
  }));

const plan = (...tables: string[]): TrinoResult => ({
  queryId: 'own',
  columns: [],
  rows: [
    {
      'Query Plan': JSON.stringify(
        {
          name: 'Output',
          children: tables.map(table => ({ descriptor: { table } })),
        },
        undefined,
        2,
      ),
    },
  ],
  truncated: false,
  elapsedMs: 1,
});

const byName = (probed: Awaited<ReturnType<typeof probeSnapshots>>) =>
  Object.fromEntries([...probed].map(([ref, found]) => [ref.table, found]));

describe('probeSnapshots', () => {
  it('reads snapshots off a plan, exactly, for the oddest names', async () => {
    const statements: string[] = [];
    const run = async (sql: string) => {
      statements.push(sql);
      return plan(
        'iceberg:lake.b$data@3929236484659805796',
        'iceberg:lake.we"ird\\na.me ü$data@7',
        'iceberg:lake.empty$data',
      );
    };
    const probed = await probeSnapshots({
      refs: refs('we"ird\\na.me ü', 'b', 'empty', 'untold'),
      run,
    });
    expect(byName(probed)).toEqual({
      'we"ird\\na.me ü': { snapshotId: '7' },
      b: { snapshotId: '3929236484659805796' },
      empty: { snapshotId: undefined },
      untold: 'unknown',
    });
    expect(statements).toEqual([
      `EXPLAIN (TYPE LOGICAL, FORMAT JSON)
SELECT "$path" FROM "iceberg"."lake"."we""ird\\na.me ü" UNION ALL
SELECT "$path" FROM "iceberg"."lake"."b" UNION ALL
SELECT "$path" FROM "iceberg"."lake"."empty" UNION ALL
SELECT "$path" FROM "iceberg"."lake"."untold"`,
    ]);
  });

  it('leaves out the table that Trino names by its line', async () => {
    const statements: string[] = [];
    const run = async (sql: string) => {
      statements.push(sql);
      const line = sql.split('\n').findIndex(text => text.includes('gone'));
      if (line >= 0) throw tableNotFound(line + 1);
      return plan('iceberg:lake.a$data@1', 'iceberg:lake.b$data@2');
    };
    const probed = await probeSnapshots({ refs: refs('a', 'gone', 'b'), run });
    expect(byName(probed)).toEqual({
      a: { snapshotId: '1' },
      gone: 'unknown',
      b: { snapshotId: '2' },
    });
    expect(statements).toHaveLength(2);
  });

  it('finds the table that spoils the rest when Trino does not name it', async () => {
    let asked = 0;
    const names = Array.from({ length: 16 }, (_, n) => `t${n}`);
    const run = async (sql: string) => {
      asked += 1;
      if (sql.includes('"t11"')) throw denied();
      return plan(
        ...names
          .filter(name => sql.includes(`"${name}"`))
          .map(name => `iceberg:lake.${name}$data@5`),
      );
    };
    const probed = await probeSnapshots({ refs: refs(...names), run });
    const unknown = names.filter(name => byName(probed)[name] === 'unknown');
    expect(unknown).toEqual(['t11']);
    expect(asked).toBeLessThanOrEqual(9);
  });

  it('does not mix up names that look the same in a plan', async () => {
    const alike: TableRef[] = [
      { connection: 'a', catalog: 'c', schema: 'x.y', table: 'z' },
      { connection: 'a', catalog: 'c', schema: 'x', table: 'y.z' },
    ];
    const run = jest.fn();
    const probed = await probeSnapshots({ refs: alike, run });
    expect([...probed.values()]).toEqual(['unknown', 'unknown']);
    expect(run).not.toHaveBeenCalled();
  });

  it('gives up when the cluster is gone', async () => {
    const run = jest.fn(async () => {
      throw unreachable();
    });
    await expect(probeSnapshots({ refs: refs('a', 'b'), run })).rejects.toThrow(
      'connection refused',
    );
    expect(run).toHaveBeenCalledTimes(1);
  });
});
