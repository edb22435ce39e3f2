import { InputError } from '@backstage/errors';
import {
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { MAX_NAME_LENGTH, TRINO_SYSTEM } from './actionContext';

const name = () => z.string().min(1).max(MAX_NAME_LENGTH);

/** The parameters that name a table. */
export const tableShape = {
  connection: name().meta({
    title: 'Cluster',
    description: 'Connection id of the cluster',
  }),
  catalog: name().meta({ title: 'Catalog', description: 'Unquoted' }),
  schema: name().meta({ title: 'Schema', description: 'Unquoted' }),
  table: name().meta({ title: 'Table', description: 'Unquoted' }),
};

/** A table as the target of a run. */
export function tableTarget(ref: TableRef): RunTarget {
  return {
    system: TRINO_SYSTEM,
    connection: ref.connection,
    kind: 'table',
    name: formatTableName(ref),
  };
}

/** Shared by all actions on tables: no two work on one at the same time. */
export function tableLockKeys(ref: TableRef): string[] {
  return [`trino/${ref.connection}/table/${formatTableName(ref)}`];
}

const FORMATS = new Map<string, 'iceberg' | 'delta'>([
  ['iceberg', 'iceberg'],
  ['delta_lake', 'delta'],
]);

/**
 * Which table format a catalog holds.
 *
 * @throws InputError when it holds none that is known here
 */
export async function tableFormat(
  connection: TrinoConnection,
  ref: TableRef,
): Promise<'iceberg' | 'delta'> {
  const { catalogs } = await connection.capabilities();
  const catalog = catalogs.find(each => each.name === ref.catalog);
  if (!catalog) {
    const known = catalogs.map(each => each.name).join(', ') || 'none';
    throw new InputError(
      `catalog: Trino ${ref.connection} has no catalog '${ref.catalog}', or does not show it. It shows: ${known}.`,
    );
  }
  const format = FORMATS.get(catalog.connector);
  if (format) return format;
  throw new InputError(
    `catalog: '${ref.catalog}' is a ${catalog.connector} catalog. This works on Iceberg and Delta Lake tables.`,
  );
}
