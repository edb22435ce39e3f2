const USER = 'etl-seed';
const SOURCE = 'lakehouse-seed';
const TIMEOUT_MS = 60_000;

/**
 * Runs one statement on Trino's plain port (client protocol, Trino documentation, "Trino
 * client REST API") and reads its rows.
 *
 * @param {{ url: string, sql: string, session?: Record<string, string> }} options
 * @returns {Promise<unknown[][]>}
 * @throws when Trino refuses it or it fails
 */
export async function runStatement({ url, sql, session = {} }) {
  const headers = {
    'X-Trino-User': USER,
    'X-Trino-Source': SOURCE,
    'X-Trino-Session': Object.entries(session)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join(','),
  };
  let page = await request(`${url}/v1/statement`, {
    method: 'POST',
    headers,
    body: sql,
  });
  const rows = [...(page.data ?? [])];
  while (page.nextUri) {
    page = await request(page.nextUri, { headers });
    rows.push(...(page.data ?? []));
  }
  if (page.error) {
    throw new Error(
      `Trino failed '${sql}': ${page.error.errorName}: ${page.error.message}`,
    );
  }
  return rows;
}

async function request(url, init) {
  let response;
  try {
    response = await fetch(url, {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new Error(
      `Trino does not answer (${
        error.cause?.code ?? error.name
      }). See the end of its log, named by: node stack/cli.mjs status`,
      { cause: error },
    );
  }
  if (!response.ok) {
    const body = await response.text();
    throw new Error(
      `Trino answered ${response.status} to a statement: ${body.slice(0, 300)}`,
    );
  }
  return response.json();
}
