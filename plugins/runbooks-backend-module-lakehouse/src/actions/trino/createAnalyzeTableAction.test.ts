import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  FakeTrinoConnection,
  listedQuery,
} from '../../__testUtils__/FakeTrinoConnection';
import { runContext } from '../../__testUtils__/runContext';
import { createAnalyzeTableAction } from './createAnalyzeTableAction';

const input = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'orders',
};

function setup(options: { effect?: boolean } = {}) {
  const { effect = true } = options;
  const trino = new FakeTrinoConnection();
  const changed: TableRef[] = [];
  const action = createAnalyzeTableAction({
    connections: trino.connections,
    tableChanged: ref => changed.push(ref),
  });
  let analyzed = false;
  trino.answers.push(
    {
      match: /^SHOW STATS/,
      answer: () => [
        {
          column_name: 'id',
          distinct_values_count: 1000,
          row_count: null,
        },
        {
          column_name: "o'name",
          distinct_values_count: analyzed ? 12 : null,
          row_count: null,
        },
        { column_name: null, distinct_values_count: null, row_count: 1200 },
      ],
    },
    { match: /\$refs"/, answer: () => [{ id: '1' }] },
    {
      match: /\$snapshots"/,
      answer: () => [
        {
          id: '1',
          parent_id: null,
          operation: 'append',
          committed_at: '2026-11-21 10:00:00.000 UTC',
          summary: { 'total-files-size': String(200 * 1024 ** 3) },
        },
      ],
    },
    {
      match: /\$metadata_log_entries"/,
      answer: () => [{ file: analyzed ? 'm2.json' : 'm1.json' }],
    },
    {
      match: /^ANALYZE/,
      answer: () => {
        analyzed = effect;
        return [];
      },
    },
  );
  return { trino, action, changed };
}

describe('trino:analyze-table', () => {
  it('shows what is known now, what would be read, and warns of much', async () => {
    const { action } = setup();
    const { content, fingerprint } = await action.preview(runContext(input));
    expect(fingerprint).toEqual({
      format: 'iceberg',
      columns: ['id', "o'name"],
    });
    expect(content.summary).toBe(
      'Reads 1,200 rows of iceberg.gold.orders (200 GiB) and writes fresh statistics of 2 columns.',
    );
    expect(content.changes[0]).toMatchObject({ before: 1, after: 2 });
    expect(content.samples?.rows).toEqual([
      ['id', '1,000'],
      ["o'name", '–'],
    ]);
    expect(content.warnings).toHaveLength(1);
  });

  it('names a column that is not there', async () => {
    const { action } = setup();
    await expect(
      action.preview(runContext({ ...input, columns: ['id', 'nope'] })),
    ).rejects.toThrow("columns: the table has no nope. It has id, o'name.");
  });

  it('writes statistics of what was asked for, and proves it', async () => {
    const { action, trino, changed } = setup();
    const context = runContext({ ...input, columns: ["o'name"] });
    const output = await action.execute(context);
    expect(trino.statements).toContain(
      `ANALYZE "iceberg"."gold"."orders" WITH (columns = ARRAY['o''name'])`,
    );
    expect(context.notes).toEqual({
      columnsBefore: 0,
      metadataFileBefore: 'm1.json',
      trinoQueryId: output.trinoQueryId,
    });
    expect(changed).toEqual([input]);
    await expect(
      action.verify({ ...context, memory: context.notes, output }),
    ).resolves.toMatchObject({
      outcome: 'verified',
      metrics: [expect.objectContaining({ before: 0, after: 1 })],
    });
  });

  it('does not call it verified when nothing was written', async () => {
    const { action } = setup({ effect: false });
    const context = runContext(input);
    const output = await action.execute(context);
    await expect(
      action.verify({ ...context, memory: context.notes, output }),
    ).resolves.toMatchObject({ outcome: 'not-verified' });
  });

  it.each([
    ['FINISHED', undefined, 'done'],
    ['RUNNING', undefined, 'in-progress'],
    ['FAILED', 'USER_CANCELED', 'not-done'],
  ] as const)(
    'after a crash with %s it is %s',
    async (state, errorName, truth) => {
      const { action, trino } = setup();
      trino.queries.set('q1', {
        ...listedQuery,
        queryId: 'q1',
        state,
        errorName,
      });
      await expect(
        action.reconcile(runContext(input, { memory: { trinoQueryId: 'q1' } })),
      ).resolves.toMatchObject({ state: truth });
    },
  );

  it('is repeated rather than left unknown', async () => {
    const { action } = setup();
    expect(action.attributes.idempotent).toBe(true);
    await expect(
      action.reconcile(runContext(input, { memory: { trinoQueryId: 'q1' } })),
    ).resolves.toMatchObject({ state: 'not-done' });
  });
});
