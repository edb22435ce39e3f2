import type {
  TrinoConnection,
  TrinoStatementOptions,
} from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';
import { eventually } from './eventually';

/**
 * Starts the long query and waits until it runs. `ended` resolves with the error that
 * it ended with.
 */
export async function startLongQuery(options: {
  target: TrinoContractTarget;
  connection: TrinoConnection;
  statement?: TrinoStatementOptions;
}): Promise<{ queryId: string; ended: Promise<unknown> }> {
  let queryId: string | undefined;
  const { connection } = options;
  const ended = connection
    .query(options.target.longSql, {
      ...options.statement,
      onQueryId: id => {
        queryId = id;
      },
    })
    .then(
      () => undefined,
      error => error,
    );
  const running = await eventually('The long query running', async () => {
    const query = queryId ? await connection.getQuery(queryId) : undefined;
    return query?.state === 'RUNNING' && query;
  });
  return { queryId: running.queryId, ended };
}

/** Waits until a query has ended on the server, and tells how. */
export function awaitEnd(connection: TrinoConnection, queryId: string) {
  return eventually(`The end of ${queryId}`, async () => {
    const query = await connection.getQuery(queryId);
    return (
      query && (query.state === 'FAILED' || query.state === 'FINISHED') && query
    );
  });
}
