import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef } from '../api';
import { formatCount } from '../components/format';
import { chosenConnection } from './chosenConnection';

/** Key prefixes of the chosen cache, as they were last sampled. */
export const prefixPicker: RunbookPicker = {
  name: 'key-prefix',
  hint: 'A key prefix, such as personal-api:',
  async load(request) {
    const api = request.apis.get(lakehouseApiRef);
    if (!api) return { options: [], note: 'This app has no Lakehouse.' };
    const connection = chosenConnection(request, 'redis-connection');
    if (!connection) return { options: [], note: 'Choose the cache first.' };
    const { prefixes } = await api.getCache(connection, undefined, {
      signal: request.signal,
    });
    return {
      options: prefixes.map(({ prefix, keyspace }) => ({
        value: prefix,
        ...(keyspace
          ? { detail: `about ${formatCount(keyspace.keys)} keys` }
          : {}),
      })),
      ...(prefixes.length === 0
        ? { note: `No prefix of ${connection} is known yet.` }
        : {}),
    };
  },
};
