import type {
  TrinoConnection,
  TrinoListedQuery,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** One answer is small, but each is a request. */
const CONCURRENCY = 4;

/** Asks for queries one by one. An id that is in neither list is not known to the coordinator any more. */
export async function lookUpQueries(options: {
  connection: TrinoConnection;
  ids: readonly string[];
  signal: AbortSignal;
}): Promise<{ found: TrinoListedQuery[]; undecided: string[] }> {
  const found: TrinoListedQuery[] = [];
  const undecided: string[] = [];
  const rest = [...options.ids];
  const work = async () => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      try {
        const query = await options.connection.getQuery(id, {
          signal: options.signal,
        });
        if (query) found.push(query);
      } catch {
        // Refused or unreachable: how it ended is not known, so it is not declared ended.
        undecided.push(id);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return { found, undecided };
}
