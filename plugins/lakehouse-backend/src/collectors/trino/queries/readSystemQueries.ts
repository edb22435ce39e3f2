import {
  QUERY_STATES,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteString,
  TrinoConnection,
  TrinoListedQuery,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { values } from '../values';

const MAX_ROWS = 2_000;

/** Longer texts are cut by the server, so that the answer stays bounded. */
const MAX_TEXT_LENGTH = 20_000;

const rowSchema = z.object({
  query_id: values.text,
  state: z.enum(QUERY_STATES).catch('UNKNOWN'),
  user: values.optionalText,
  source: values.optionalText,
  query: values.optionalText,
  resource_group_id: z.array(z.string()).nullish(),
  queued_time_ms: values.optionalNumber,
  created: values.optionalTime,
  ended: values.optionalTime,
  error_type: values.optionalText,
  error_code: values.optionalText,
});

/**
 * The coordinator's list by SQL, for where `/v1/query` is refused:
 * `system.runtime.queries` (Trino documentation, "System connector") knows neither
 * CPU nor memory nor input.
 */
export async function readSystemQueries(options: {
  connection: TrinoConnection;
  /** All that are known when not told. */
  states?: readonly QueryState[];
  signal: AbortSignal;
}): Promise<TrinoListedQuery[]> {
  const { connection, states, signal } = options;
  const where = states
    ? `\nWHERE state IN (${states.map(quoteString).join(', ')})`
    : '';
  const { rows } = await connection.query(
    `SELECT query_id, state, "user", source, substr(query, 1, ${MAX_TEXT_LENGTH}) AS query,
  resource_group_id, queued_time_ms, to_iso8601(created) AS created,
  to_iso8601("end") AS ended, error_type, error_code
FROM system.runtime.queries${where}
ORDER BY created DESC
LIMIT ${MAX_ROWS}`,
    { signal, maxRows: MAX_ROWS, onLimit: 'truncate' },
  );
  return rows.flatMap(row => {
    const parsed = rowSchema.safeParse(row);
    return parsed.success && parsed.data.created
      ? [toListed(parsed.data, parsed.data.created)]
      : [];
  });
}

function toListed(
  row: z.output<typeof rowSchema>,
  createdAt: string,
): TrinoListedQuery {
  return {
    queryId: row.query_id,
    state: row.state,
    user: row.user ?? '',
    source: row.source,
    clientTags: [],
    resourceGroup: row.resource_group_id ?? [],
    query: row.query ?? '',
    createdAt,
    endedAt: row.ended,
    queuedMs: row.queued_time_ms,
    elapsedMs: row.ended
      ? Math.max(0, Date.parse(row.ended) - Date.parse(createdAt))
      : undefined,
    errorName: row.error_code,
    errorType: row.error_type,
  };
}
