import { type Sandbox } from '../startSandbox';

interface Page {
  id: string;
  nextUri?: string;
  columns?: { name: string; type: string }[];
  data?: unknown[][];
  error?: {
    errorName: string;
    errorCode: number;
    errorType: string;
    message: string;
  };
  stats: { state: string };
  updateType?: string;
  updateCount?: number;
}

export interface Answer {
  id: string;
  columns: { name: string; type: string }[];
  rows: unknown[][];
  error?: Page['error'];
  states: string[];
  pages: number;
  updateType?: string;
  updateCount?: number;
  headers: Map<string, string>;
}

/** Sends a statement and follows nextUri to its end. */
export async function trinoCall(
  sandbox: Sandbox,
  sql: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const sent = { 'X-Trino-User': 'lakehouse-ops', ...headers };
  let response = await fetch(`${sandbox.trinoUrl}/v1/statement`, {
    method: 'POST',
    headers: sent,
    body: sql,
  });
  const answer: Answer = {
    id: '',
    columns: [],
    rows: [],
    states: [],
    pages: 0,
    headers: new Map(),
  };
  for (;;) {
    const page: Page = await response.json();
    response.headers.forEach((value, name) => answer.headers.set(name, value));
    answer.id = page.id;
    answer.pages++;
    answer.states.push(page.stats.state);
    answer.columns = page.columns ?? answer.columns;
    answer.rows.push(...(page.data ?? []));
    answer.error = page.error;
    answer.updateType = page.updateType;
    answer.updateCount = page.updateCount;
    if (!page.nextUri) {
      return answer;
    }
    response = await fetch(page.nextUri, { headers: sent });
  }
}
