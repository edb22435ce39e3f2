import { InputError, ServiceUnavailableError } from '@backstage/errors';
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

/** What a cluster said a while ago may be from when it did not answer: asked again before it is believed. */
async function findCatalog(connection: TrinoConnection, wanted: string) {
  const seen = async (options?: { refresh: boolean }) => {
    const { catalogs } = await connection.capabilities(options);
    return { catalogs, catalog: catalogs.find(each => each.name === wanted) };
  };
  const before = await seen();
  return before.catalog ? before : seen({ refresh: true });
}

/**
 * Which table format a catalog holds.
 *
 * @throws InputError when it holds none that is known here;
 * ServiceUnavailableError when the cluster does not tell its catalogs now
 */
export async function tableFormat(
  connection: TrinoConnection,
  ref: TableRef,
): Promise<'iceberg' | 'delta'> {
  const { catalogs, catalog } = await findCatalog(connection, ref.catalog);
  if (catalogs.length === 0) {
    throw new ServiceUnavailableError(
      `Trino ${ref.connection} does not tell its catalogs now, so the table can't be looked at. See under Set-up whether it answers, then try again.`,
    );
  }
  if (!catalog) {
    const known = catalogs.map(each => each.name).join(', ');
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
