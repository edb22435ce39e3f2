import { quoteMetadataTable } from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';
import { withScratchTable } from './scratchTable';

/** Columns that health is read from, of Trino 470 and 476; a server may have more. */
const METADATA_COLUMNS: Record<string, Record<string, string>> = {
  snapshots: {
    committed_at: 'timestamp(3) with time zone',
    snapshot_id: 'bigint',
    parent_id: 'bigint',
    operation: 'varchar',
    manifest_list: 'varchar',
    summary: 'map(varchar, varchar)',
  },
  files: {
    content: 'integer',
    file_path: 'varchar',
    file_format: 'varchar',
    record_count: 'bigint',
    file_size_in_bytes: 'bigint',
    partition: 'row(day date)',
  },
  partitions: {
    partition: 'row(day date)',
    record_count: 'bigint',
    file_count: 'bigint',
    total_size: 'bigint',
  },
  manifests: {
    path: 'varchar',
    length: 'bigint',
    added_data_files_count: 'integer',
    existing_data_files_count: 'integer',
    deleted_data_files_count: 'integer',
  },
  history: {
    made_current_at: 'timestamp(3) with time zone',
    snapshot_id: 'bigint',
    parent_id: 'bigint',
    is_current_ancestor: 'boolean',
  },
  refs: { name: 'varchar', type: 'varchar', snapshot_id: 'bigint' },
  properties: { key: 'varchar', value: 'varchar' },
};

export function tablesContract(getTarget: () => TrinoContractTarget) {
  describe('Iceberg tables', () => {
    const connection = () => getTarget().connect('admin');

    it.each(Object.keys(METADATA_COLUMNS))('has $%s', async kind => {
      await withScratchTable(getTarget(), async table => {
        const { columns, rows } = await connection().query(
          `SELECT * FROM ${quoteMetadataTable(table, kind)}`,
        );
        expect(
          Object.fromEntries(columns.map(({ name, type }) => [name, type])),
        ).toMatchObject(METADATA_COLUMNS[kind]);
        expect(rows.length).toBeGreaterThan(0);
      });
    });

    it('sums up a table in its newest snapshot', async () => {
      await withScratchTable(getTarget(), async table => {
        const { rows } = await connection().query(
          `SELECT operation, summary, CAST(snapshot_id AS varchar) AS text, snapshot_id FROM ${quoteMetadataTable(
            table,
            'snapshots',
          )} ORDER BY committed_at DESC LIMIT 1`,
        );
        expect(rows).toEqual([
          {
            operation: 'append',
            summary: expect.objectContaining({
              'total-records': '2',
              'total-data-files': '2',
              'total-delete-files': '0',
              'total-files-size': expect.stringMatching(/^\d+$/),
              trino_query_id: expect.any(String),
            }),
            text: expect.any(String),
            snapshot_id: expect.anything(),
          },
        ]);
        expect(String(rows[0].snapshot_id)).toBe(rows[0].text);
      });
    });

    it('analyzes: the statistics tell of all rows', async () => {
      await withScratchTable(getTarget(), async (_table, sql) => {
        await connection().query(`ANALYZE ${sql}`);
        const { rows } = await connection().query(`SHOW STATS FOR ${sql}`);
        expect(rows).toEqual(
          expect.arrayContaining([
            expect.objectContaining({
              column_name: 'id',
              distinct_values_count: 2,
              nulls_fraction: 0,
            }),
            expect.objectContaining({ column_name: null, row_count: 2 }),
          ]),
        );
      });
    });

    it('optimizes: two small files become one, with the same rows', async () => {
      await withScratchTable(getTarget(), async (table, sql) => {
        const countFiles = async () => {
          const { rows } = await connection().query(
            `SELECT count(*) AS n FROM ${quoteMetadataTable(table, 'files')}`,
          );
          return rows[0].n;
        };
        expect(await countFiles()).toBe(2);
        const result = await connection().query(
          `ALTER TABLE ${sql} EXECUTE optimize(file_size_threshold => '100MB')`,
        );
        expect(result.updateType).toBe('ALTER TABLE EXECUTE');
        expect(await countFiles()).toBe(1);
        const { rows } = await connection().query(
          `SELECT id, name FROM ${sql} ORDER BY id`,
        );
        expect(rows).toEqual([
          { id: 1, name: 'one' },
          { id: 2, name: 'two' },
        ]);
      });
    });

    it('tells how many rows a statement wrote', async () => {
      await withScratchTable(getTarget(), async (_table, sql) => {
        const result = await connection().query(
          `INSERT INTO ${sql} VALUES (3, 'three', DATE '2026-01-02'), (4, 'four', DATE '2026-01-02')`,
        );
        expect(result).toMatchObject({ updateType: 'INSERT', updateCount: 2 });
      });
    });
  });
}
