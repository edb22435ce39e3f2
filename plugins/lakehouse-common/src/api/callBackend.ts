import { ResponseError } from '@backstage/errors';

/** What it takes to call a backend plugin, in the frontend and in other backends. */
export interface BackendApis {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly fetchApi: { fetch: typeof fetch };
}

/**
 * Calls the lakehouse backend. Values of `query` that are undefined or empty are left out; lists are repeated.
 *
 * @throws ResponseError that tells what happened, whatever the answer is but 2xx
 */
export async function callBackend(
  { discoveryApi, fetchApi }: BackendApis,
  call: {
    path: readonly string[];
    query?: object;
    method?: 'POST' | 'DELETE';
    body?: object;
    signal?: AbortSignal;
  },
): Promise<Response> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') params.append(name, String(one));
    }
  }
  const base = await discoveryApi.getBaseUrl('lakehouse');
  const search = params.toString() && `?${params}`;
  const init: RequestInit = { signal: call.signal };
  if (call.method) init.method = call.method;
  if (call.body) {
    init.body = JSON.stringify(call.body);
    init.headers = { 'content-type': 'application/json' };
  }
  const response = await fetchApi.fetch(
    `${base}/${call.path.map(encodeURIComponent).join('/')}${search}`,
    init,
  );
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return response;
}
