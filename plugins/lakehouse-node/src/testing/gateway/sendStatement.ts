import { z } from 'zod';

const pageSchema = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  stats: z.object({ state: z.string() }),
});

/** A statement that was sent the way that a client of the gateway sends it. */
export interface SentStatement {
  readonly queryId: string;
  /** Fetches pages until the query has ended. */
  finish(): Promise<void>;
}

/** Sends a statement to a group, and goes with it until the query runs or has ended. */
export async function sendStatement(options: {
  gatewayUrl: string;
  sql: string;
  group?: string;
  user?: string;
  source?: string;
}): Promise<SentStatement> {
  const headers = {
    'x-trino-user': options.user ?? 'alice',
    'x-trino-source': options.source ?? 'contract',
    ...(options.group ? { 'x-trino-routing-group': options.group } : {}),
  };
  const read = async (answer: Response) => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status}: ${text}`);
    return pageSchema.parse(JSON.parse(text));
  };
  let page = await read(
    await fetch(`${options.gatewayUrl}/v1/statement`, {
      method: 'POST',
      headers,
      body: options.sql,
    }),
  );
  const next = async () => {
    if (!page.nextUri) return false;
    page = await read(await fetch(page.nextUri, { headers }));
    return true;
  };
  while (page.stats.state !== 'RUNNING' && (await next()));
  return {
    queryId: page.id,
    async finish() {
      while (await next());
    },
  };
}
