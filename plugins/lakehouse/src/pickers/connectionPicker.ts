import type { LakehouseSystem } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef } from '../api';
import { connectionHealth } from '../systems';

/** Connections of one system. */
export function connectionPicker(options: {
  name: string;
  system: LakehouseSystem;
}): RunbookPicker {
  const { name, system } = options;
  return {
    name,
    hint: `The id of a ${system} connection of the config.`,
    async load({ apis, signal }) {
      const api = apis.get(lakehouseApiRef);
      if (!api) return { options: [], note: 'This app has no Lakehouse.' };
      const { items } = await api.getConnections({ signal });
      const found = items.filter(one => one.system === system);
      return {
        options: found.map(connection => ({
          value: connection.id,
          label: connection.title,
          detail: connectionHealth(connection),
        })),
        ...(found.length === 0
          ? { note: `There is no ${system} connection that you may see.` }
          : {}),
      };
    },
  };
}
