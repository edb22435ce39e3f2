import { TrinoQueryError } from '@lakehouse-ops/plugin-lakehouse-node';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  FakeTrinoConnection,
  listedQuery,
} from '../../__testUtils__/FakeTrinoConnection';
import { runContext } from '../../__testUtils__/runContext';
import { createOptimizeTableAction } from './createOptimizeTableAction';

const input = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'daily "sales',
  fileSizeThreshold: '100MB',
};
const SNAPSHOT = '4309186574072654408';
const LATER = '1884891074464583242';

function snapshot(id: string, summary: Record<string, string> = {}) {
  return {
    id,
    parent_id: SNAPSHOT,
    operation: 'replace',
    committed_at: '2026-11-21 10:00:00.000 UTC',
    summary: {
      trino_user: 'etl',
      'total-data-files': '300',
      'total-files-size': '31457280',
      'total-records': '1000',
      'total-delete-files': '2',
      ...summary,
    },
  };
}

function setup() {
  const trino = new FakeTrinoConnection();
  const changed: TableRef[] = [];
  const action = createOptimizeTableAction({
    connections: trino.connections,
    tableChanged: ref => changed.push(ref),
  });
  const state = { current: SNAPSHOT, commits: new Map<string, object>() };
  trino.answers.push(
    { match: /\$refs"/, answer: () => [{ id: state.current }] },
    {
      match: /trino_query_id'\) = '/,
      answer: sql => {
        const found = state.commits.get(sql.split("'").at(-2) ?? '');
        return found ? [JSON.parse(JSON.stringify(found))] : [];
      },
    },
    { match: /\$snapshots"/, answer: () => [snapshot(state.current)] },
    {
      match: /^SELECT count\(\*\) AS partitions/,
      answer: () => [
        {
          partitions: 3,
          files: 300,
          rewritten_files: 299,
          rewritten_bytes: 31_000_000,
          produced: 3.0,
        },
      ],
    },
    {
      match: /ORDER BY small DESC/,
      answer: () => [
        {
          partition: ['2026-01-01', 7],
          files: 100,
          small: 100,
          small_bytes: 10_485_760,
        },
      ],
    },
    { match: /^ALTER TABLE/, answer: () => [] },
  );
  return { trino, action, changed, state };
}

describe('trino:optimize-table', () => {
  it.each(['100', '1 MB; DROP', 'big', '1e9B'])(
    'refuses the threshold %s',
    fileSizeThreshold => {
      const { action } = setup();
      const parsed = action.schema.input.safeParse({
        ...input,
        fileSizeThreshold,
      });
      expect(parsed.success).toBe(false);
    },
  );

  it('shows files before and after, the worst partitions, and warns', async () => {
    const { action, trino } = setup();
    const { content, fingerprint } = await action.preview(runContext(input));
    expect(fingerprint).toEqual({ snapshotId: SNAPSHOT });
    expect(content.changes[0]).toEqual({
      label: 'Data files',
      before: 300,
      after: 4,
      unit: 'files',
      estimated: true,
    });
    expect(content.samples).toMatchObject({
      rows: [['2026-01-01, 7', '100', '100', '10.0 MiB']],
      total: 3,
    });
    expect(content.warnings).toEqual([
      expect.stringContaining('2 delete files'),
    ]);
    expect(trino.statements.join()).toContain('"daily ""sales$files"');
    expect(trino.statements.join()).not.toContain('EXECUTE');
  });

  it('estimates a table without partitions, and none that it can not', async () => {
    const { action, trino } = setup();
    trino.answers.unshift({
      match: /GROUP BY partition/,
      answer: () => {
        throw new TrinoQueryError({
          errorName: 'COLUMN_NOT_FOUND',
          trinoMessage: "Column 'partition' cannot be resolved",
        });
      },
    });
    const { content } = await action.preview(runContext(input));
    expect(content.changes[0]).toMatchObject({ before: 300, after: 4 });
    expect(content.samples).toBeUndefined();
  });

  it('refuses other catalogs than those of tables', async () => {
    const { action } = setup();
    await expect(
      action.preview(runContext({ ...input, catalog: 'tpch' })),
    ).rejects.toThrow(/'tpch' is a tpch catalog/);
    await expect(
      action.preview(runContext({ ...input, catalog: 'nope' })),
    ).rejects.toThrow(/no catalog 'nope'/);
  });

  it('runs one statement, tagged, remembered and shown', async () => {
    const { action, trino, changed } = setup();
    const context = runContext(input, {
      fingerprint: { snapshotId: SNAPSHOT },
    });
    const output = await action.execute(context);
    expect(trino.statements.at(-1)).toBe(
      `ALTER TABLE "iceberg"."gold"."daily ""sales" EXECUTE optimize(file_size_threshold => '100MB')`,
    );
    expect(trino.tags).toEqual(['runbook-run:run-1']);
    expect(context.notes).toEqual(output);
    const { fileSizeThreshold: _, ...ref } = input;
    expect(changed).toEqual([ref]);
  });

  it('verifies by the commit of its own query', async () => {
    const { action, state } = setup();
    const output = { trinoQueryId: 'q1' };
    const verify = () =>
      action.verify({
        ...runContext(input, { fingerprint: { snapshotId: SNAPSHOT } }),
        output,
      });
    await expect(verify()).resolves.toMatchObject({
      outcome: 'verified',
      summary: 'There was nothing to compact: 300 files as before.',
    });
    state.commits.set('q1', snapshot(LATER, { 'total-data-files': '9' }));
    await expect(verify()).resolves.toMatchObject({
      outcome: 'verified',
      summary: '300 → 9 files',
      metrics: expect.arrayContaining([
        {
          label: 'Data files',
          unit: 'files',
          before: 300,
          after: 9,
          better: 'lower',
        },
      ]),
    });
    state.commits.set('q1', snapshot(LATER, { 'total-data-files': '301' }));
    await expect(verify()).resolves.toMatchObject({ outcome: 'not-verified' });
  });

  describe('after a crash', () => {
    const memory = { trinoQueryId: 'q1' };
    const reconcile = (
      { action }: ReturnType<typeof setup>,
      known: { trinoQueryId?: string } = memory,
    ) =>
      action.reconcile(
        runContext(input, {
          fingerprint: { snapshotId: SNAPSHOT },
          memory: known,
        }),
      );

    it('waits while Trino is at it', async () => {
      const world = setup();
      world.trino.queries.set('q1', {
        ...listedQuery,
        queryId: 'q1',
        progress: 0.4,
      });
      await expect(reconcile(world)).resolves.toEqual({
        state: 'in-progress',
        reason: 'Query q1 is RUNNING, 40 %',
      });
    });

    it('finds the query by its tag when its id was never written down', async () => {
      const world = setup();
      world.trino.queries.set('q7', {
        ...listedQuery,
        queryId: 'q7',
        clientTags: ['runbook-run:run-1'],
        state: 'FINISHED',
      });
      await expect(reconcile(world, {})).resolves.toEqual({
        state: 'done',
        output: { trinoQueryId: 'q7' },
      });
    });

    it('believes the table, even when the query was abandoned after its commit', async () => {
      const world = setup();
      world.trino.queries.set('q1', {
        ...listedQuery,
        queryId: 'q1',
        state: 'FAILED',
        errorName: 'ABANDONED_QUERY',
      });
      await expect(reconcile(world)).resolves.toMatchObject({
        state: 'not-done',
        reason: 'Query q1 ended with ABANDONED_QUERY.',
      });
      world.state.commits.set('q1', snapshot(LATER));
      await expect(reconcile(world)).resolves.toEqual({
        state: 'done',
        output: memory,
      });
    });

    it('goes by the table when Trino has forgotten the query', async () => {
      const world = setup();
      await expect(reconcile(world)).resolves.toMatchObject({
        state: 'not-done',
        reason: expect.stringContaining('The table is as it was'),
      });
      world.state.current = LATER;
      await expect(reconcile(world)).resolves.toMatchObject({
        state: 'not-done',
      });
      await expect(reconcile(world, {})).resolves.toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining("can't be told"),
      });
    });
  });

  describe('on Delta Lake', () => {
    const delta = { ...input, catalog: 'delta', table: 'customers' };

    function setupDelta(files: Array<number | undefined>) {
      const world = setup();
      let committed = false;
      world.trino.answers.unshift(
        {
          match: /\$history"/,
          answer: sql => {
            const asked = /queryId'\) = '([^']+)'/.test(sql);
            if (asked && !committed) return [];
            return [
              {
                id: asked ? '4' : '3',
                operation: 'OPTIMIZE',
                committed_at: '2026-11-21 10:00:00.000 UTC',
                user_name: 'etl',
                query_id: null,
              },
            ];
          },
        },
        {
          match: /\$partitions"/,
          answer: () => {
            const count = files.length > 1 ? files.shift() : files[0];
            if (count === undefined) {
              throw new TrinoQueryError({
                errorName: 'TABLE_NOT_FOUND',
                trinoMessage: 'no $partitions',
              });
            }
            return [{ files: count, bytes: 1000 }];
          },
        },
        {
          match: /^ALTER TABLE/,
          answer: () => {
            committed = true;
            return [];
          },
        },
      );
      return world;
    }

    it('counts the files of a partitioned table', async () => {
      const { action } = setupDelta([40, 40, 5]);
      const { content, fingerprint } = await action.preview(runContext(delta));
      expect(fingerprint).toEqual({ snapshotId: '3' });
      expect(content.changes).toEqual([
        { label: 'Data files', before: 40, unit: 'files' },
      ]);
      const context = runContext(delta, { fingerprint });
      const output = await action.execute(context);
      await expect(
        action.verify({ ...context, memory: context.notes, output }),
      ).resolves.toMatchObject({
        outcome: 'verified',
        summary: '40 → 5 files',
      });
    });

    it('says what can not be told of others', async () => {
      const { action } = setupDelta([undefined]);
      const context = runContext(delta, { fingerprint: { snapshotId: '3' } });
      const output = await action.execute(context);
      await expect(
        action.verify({ ...context, memory: context.notes, output }),
      ).resolves.toMatchObject({
        outcome: 'inconclusive',
        summary: expect.stringContaining("can't be told"),
      });
    });
  });
});
