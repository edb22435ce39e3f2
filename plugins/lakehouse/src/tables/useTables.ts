import {
  formatTableRef,
  HealthStatus,
  LakehouseApi,
  LakehouseRequestOptions,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import { TABLE_PAGE_SIZE, TableListState } from '../url';

/** A page of tables, of one connection or of all, kept up to date. */
export function useTables(
  connection: string | undefined,
  list: TableListState,
) {
  return useLakehouse({
    key: `tables ${connection ?? ''} ${JSON.stringify(list)}`,
    connection,
    kinds: ['tables'],
    load: (api, options) =>
      api.getTables(
        {
          connection,
          text: list.text,
          status: list.status,
          sort: list.sort,
          order: list.order,
          limit: TABLE_PAGE_SIZE,
          offset: list.page * TABLE_PAGE_SIZE,
        },
        options,
      ),
  });
}

/** One table with its history, kept up to date; nothing without a table. */
export function useTable(ref: TableRef | undefined) {
  return useLakehouse({
    key: ref && `table ${formatTableRef(ref)}`,
    connection: ref?.connection,
    kinds: ['tables'],
    load: (api, options) => {
      if (!ref) throw new TypeError('There is no table to ask for.');
      return api.getTable(ref, options);
    },
  });
}

/** How many tables there are by status. */
export type TableCounts = Readonly<Record<HealthStatus | 'total', number>>;

/** How many tables there are by status, of one connection or of all. */
export function useTableCounts(options: {
  connection?: string;
  enabled?: boolean;
}) {
  const { connection, enabled = true } = options;
  return useLakehouse({
    key: enabled ? `table counts ${connection ?? ''}` : undefined,
    connection,
    kinds: ['tables'],
    load: (api, request) => countTables(api, connection, request),
  });
}

async function countTables(
  api: LakehouseApi,
  connection: string | undefined,
  options: LakehouseRequestOptions,
): Promise<TableCounts> {
  const count = async (status?: HealthStatus) => {
    const page = await api.getTables({ connection, status, limit: 1 }, options);
    return page.total;
  };
  const [total, breached, atRisk, unknown] = await Promise.all([
    count(),
    count('breached'),
    count('at-risk'),
    count('unknown'),
  ]);
  return {
    total,
    breached,
    'at-risk': atRisk,
    unknown,
    healthy: Math.max(0, total - breached - atRisk - unknown),
  };
}
