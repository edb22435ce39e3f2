import { formatTableName } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef } from '../api';
import { chosenConnection } from './chosenConnection';

/** More than this nobody reads: typing narrows it. */
const MAX_TABLES = 50;

/** Tables of the chosen cluster; of all of them while none is chosen. */
export const tablePicker: RunbookPicker = {
  name: 'table',
  hint: 'A table as catalog.schema.table.',
  async load(request) {
    const api = request.apis.get(lakehouseApiRef);
    if (!api) return { options: [], note: 'This app has no Lakehouse.' };
    const connection = chosenConnection(request, 'trino-cluster');
    const { items, total } = await api.getTables(
      {
        text: request.text,
        limit: MAX_TABLES,
        sort: 'name',
        order: 'asc',
        ...(connection ? { connection } : {}),
      },
      { signal: request.signal },
    );
    return {
      options: items.map(({ ref, score }) => ({
        value: formatTableName(ref),
        detail: [
          ref.connection,
          score === undefined ? undefined : `health ${Math.round(score)}`,
        ]
          .filter(Boolean)
          .join(' · '),
        fills: { connection: ref.connection },
      })),
      ...(total > items.length
        ? { note: `${items.length} of ${total}: type to narrow them.` }
        : {}),
    };
  },
};
