import {
  formatTableRef,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  TrinoConnection,
  TrinoResult,
  TrinoValue,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createFakeTrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node/testing';
import type { Observation } from '../../../observations/Observation';
import { tableNotFound } from './trinoErrors';

/** An Iceberg table of the fake lake. */
export interface FakeTable {
  snapshotId: string;
  files: number;
  committedAt: string;
  /** Thrown by statements about it. */
  error?: () => Error;
  /** Thrown by those about its files. */
  filesError?: () => Error;
}

type Row = Record<string, TrinoValue>;

/** Answers the statements of the table collectors for a few Iceberg tables in `iceberg.lake`, and keeps what they tell. */
export class FakeLake {
  readonly tables = new Map<string, FakeTable>();
  readonly statements: string[] = [];
  readonly known = new Map<string, TableHealth>();
  lastAnalyzedAt: string | undefined;
  /** Thrown by all statements. */
  error: (() => Error) | undefined;
  /** Awaited by each statement. */
  delay: () => Promise<void> = async () => {};

  readonly connection: TrinoConnection = createFakeTrinoConnection({
    capabilities: async () => ({
      probedAt: '2026-11-21T10:00:00.000Z',
      version: '476',
      coordinator: true,
      starting: false,
      catalogs: [
        { name: 'iceberg', connector: 'iceberg' },
        { name: 'tpch', connector: 'tpch' },
      ],
      capabilities: [],
    }),
    query: async sql => {
      this.statements.push(sql);
      await this.delay();
      if (this.error) throw this.error();
      return result(this.#answer(sql));
    },
  });

  readonly store = {
    knownTables: async () =>
      [...this.known.values()].map(health => ({ ref: health.ref, health })),
    table: async (ref: TableRef) => this.known.get(formatTableRef(ref)),
    lastAnalyzed: async () => this.lastAnalyzedAt,
  };

  add(name: string, table: Partial<FakeTable> = {}): TableRef {
    this.tables.set(name, {
      snapshotId: '1',
      files: 1,
      committedAt: '2026-11-20T10:00:00.000Z',
      ...table,
    });
    return this.ref(name);
  }

  ref(table: string): TableRef {
    return {
      connection: 'analytics',
      catalog: 'iceberg',
      schema: 'lake',
      table,
    };
  }

  record(observations: readonly Observation[]) {
    for (const observation of observations) {
      if (observation.type === 'TableInspected') {
        const { health } = observation;
        this.known.set(formatTableRef(health.ref), health);
      } else if (observation.type === 'TableDropped') {
        this.known.delete(formatTableRef(observation.ref));
      }
    }
  }

  /** Statements since the last call, by what they ask. */
  takeStatements(): string[] {
    return this.statements
      .splice(0)
      .map(
        sql =>
          /EXPLAIN|information_schema|SHOW STATS|\$(?:files|manifests|metadata_log_entries)/.exec(
            sql,
          )?.[0] ?? sql,
      );
  }

  #answer(sql: string): Row[] {
    if (sql.startsWith('EXPLAIN')) return [{ 'Query Plan': this.#plan(sql) }];
    if (sql.includes('information_schema')) {
      const name = /table_name = '([^']*)'/.exec(sql)?.[1];
      return [...this.tables.keys()]
        .filter(table => name === undefined || name === table)
        .map(table => ({ table_schema: 'lake', table_name: table }));
    }
    const table = this.#tableOf(sql);
    if (sql.includes('$metadata_log_entries')) return summary(table);
    if (sql.includes('$manifests')) {
      return [{ manifests: 1, size: '7000', partition_fields: 0 }];
    }
    if (sql.includes('$files')) {
      if (table.filesError) throw table.filesError();
      return [files(table)];
    }
    return [
      { column_name: 'id', distinct_values_count: 25, row_count: null },
      { column_name: null, row_count: 100 },
    ];
  }

  #tableOf(sql: string): FakeTable {
    const name = /"lake"\."([^"$]*)/.exec(sql)?.[1] ?? '';
    const table = this.tables.get(name);
    if (!table) throw tableNotFound();
    if (table.error) throw table.error();
    return table;
  }

  #plan(sql: string): string {
    const scans = sql
      .split('\n')
      .slice(1)
      .map((line, index) => {
        const name = /"lake"\."([^"]*)"/.exec(line)?.[1] ?? '';
        const table = this.tables.get(name);
        if (!table) throw tableNotFound(index + 2);
        if (table.error) throw table.error();
        return { table: `iceberg:lake.${name}$data@${table.snapshotId}` };
      });
    return JSON.stringify({ children: scans }, undefined, 2);
  }
}

function result(rows: Row[]): TrinoResult {
  return {
    queryId: 'own',
    columns: [],
    rows,
    truncated: false,
    elapsedMs: 1,
  };
}

function summary(table: FakeTable): Row[] {
  const { snapshotId, committedAt, files: count } = table;
  const later = new Date(Date.parse(committedAt) + 20).toISOString();
  return [
    ...[committedAt, later].map((at, index) => ({
      is_version: true,
      at,
      snapshot_id: snapshotId,
      schema_id: 0,
      file: `0000${index}.metadata.json`,
    })),
    {
      is_version: false,
      at: committedAt,
      snapshot_id: snapshotId,
      parent_id: null,
      operation: 'append',
      snapshots: 1,
      oldest: committedAt,
      added_records: '100',
      data_files: `${count}`,
      size: `${count * 1000}`,
      records: '100',
      delete_files: '0',
      deleted_rows: '0',
      trino_user: 'etl',
      query_id: '20261120_100000_00001_abcde',
    },
  ];
}

function files({ files: count }: FakeTable): Row {
  const size = count * 1000;
  const bins = [0, 1, 2, 3, 4].flatMap(n => [
    [`bin${n}_files`, n === 0 ? count : 0],
    [`bin${n}_size`, n === 0 ? size : 0],
  ]);
  return {
    whole: 1,
    groups: 1,
    files: count,
    size,
    delete_files: 0,
    small_files: count,
    candidate_files: count,
    candidate_size: size,
    ...Object.fromEntries(bins),
  };
}
