import { z } from 'zod';

const pageSchema = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  error: z.object({ errorName: z.string(), message: z.string() }).optional(),
});

type Page = z.output<typeof pageSchema>;

/** How a query ended for the one who sent it; nothing when it went well. */
export type QueryFailure = NonNullable<Page['error']>;

/** Sends a query as somebody, and fetches what it answers to the end. */
export async function sendQuery(
  trinoUrl: string,
  options: { sql: string; user: string; source: string },
): Promise<{ id: string; ended: Promise<QueryFailure | undefined> }> {
  const { sql, user, source } = options;
  const headers = { 'x-trino-user': user, 'x-trino-source': source };
  const ask = async (url: string, init?: RequestInit) => {
    // A server may close a connection that it kept open just as it is used again.
    const response = await fetch(url, { headers, ...init }).catch(() =>
      fetch(url, { headers, ...init }),
    );
    return pageSchema.parse(await response.json());
  };
  const first = await ask(`${trinoUrl}/v1/statement`, {
    method: 'POST',
    body: sql,
  });
  const fetchRest = async () => {
    let page = first;
    while (page.nextUri) page = await ask(page.nextUri);
    return page.error;
  };
  return { id: first.id, ended: fetchRest() };
}
