import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import type { GroupUse } from './groupUse';

const MAX_ROWS = 20;

/** Who used a group in the last hour, as a table. */
export function sampleClients(use: GroupUse): PreviewContent['samples'] {
  return {
    columns: ['User', 'Source', 'Queries in the last hour', 'On other groups'],
    rows: use.clients
      .slice(0, MAX_ROWS)
      .map(({ user, source, queries, diverted }) => [
        user,
        source,
        String(queries),
        String(diverted),
      ]),
    total: use.clients.length,
  };
}
