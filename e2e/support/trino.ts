interface TrinoPage {
  id: string;
  nextUri?: string;
  columns?: Array<{ name: string }>;
  data?: unknown[][];
  error?: { errorName: string; message: string };
}

/** What a client of Trino, apart from the app, sees of its statement. */
export interface ClientView {
  readonly queryId: string;
  /** Settles when the statement has ended. */
  readonly ended: Promise<{
    rows: unknown[][];
    error?: { errorName: string; message: string };
  }>;
}

function trinoUrl() {
  const url = process.env.STACK_TRINO_HTTP_URL;
  if (!url) {
    throw new Error('STACK_TRINO_HTTP_URL is not set: run npm run test:e2e');
  }
  return url;
}

/** Starts a statement as some user's program would. */
export async function startStatement(
  sql: string,
  options: { user: string; source: string },
): Promise<ClientView> {
  const headers = {
    'X-Trino-User': options.user,
    'X-Trino-Source': options.source,
    // One thread: a long query is to take long, not the machine.
    'X-Trino-Session': 'initial_splits_per_node=1,task_concurrency=1',
  };
  const first = await page(
    await fetch(`${trinoUrl()}/v1/statement`, {
      method: 'POST',
      headers,
      body: sql,
    }),
  );
  const follow = async () => {
    const rows: unknown[][] = [];
    let current = first;
    for (;;) {
      rows.push(...(current.data ?? []));
      if (current.error || !current.nextUri) {
        return { rows, error: current.error };
      }
      current = await page(await fetch(current.nextUri, { headers }));
    }
  };
  return { queryId: first.id, ended: follow() };
}

/** Runs a statement to its end and answers its rows. */
export async function query(sql: string): Promise<unknown[][]> {
  const { ended } = await startStatement(sql, {
    user: 'lakehouse-ops',
    source: 'e2e',
  });
  const { rows, error } = await ended;
  if (error) throw new Error(`${error.errorName}: ${error.message}`);
  return rows;
}

async function page(response: Response): Promise<TrinoPage> {
  if (!response.ok) {
    throw new Error(`Trino: ${response.status} ${await response.text()}`);
  }
  return response.json();
}
