import {
  formatTableRef,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';

/** Dashboards and alerts of a connection, kept up to date; nothing without one. */
export function useDashboards(connection: string | undefined) {
  return useLakehouse({
    key: connection && `dashboards ${connection}`,
    connection,
    kinds: ['dashboards', 'connection'],
    load: (api, options) => api.getDashboards(connection ?? '', options),
  });
}

/** One alert with its execution log, asked for when somebody looks at it. */
export function useAlert(connection: string, id: string | undefined) {
  return useLakehouse({
    key: id && `alert ${connection} ${id}`,
    connection,
    kinds: ['dashboards'],
    load: (api, options) => api.getAlert(connection, id ?? '', options),
  });
}

/** Dashboards of all connections that read a table. */
export function useDashboardsOfTable(ref: TableRef) {
  return useLakehouse({
    key: `dashboards of ${formatTableRef(ref)}`,
    kinds: ['dashboards'],
    load: (api, options) => api.getDashboardsOfTable(ref, options),
  });
}
