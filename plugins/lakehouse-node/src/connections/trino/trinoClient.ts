import { Trino } from 'trino-client';

/** One exchange that trino-client wants made. */
export interface TrinoClientRequest {
  readonly method: 'GET' | 'POST';
  /** `/v1/statement`, or the address of the next page. */
  readonly url: string;
  /** The X-Trino- headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A trino-client whose requests are made by us.
 *
 * trino-client 0.2.9 has no timeout, abort, limit, retry or exact integers. Its
 * private axios config is the one place through which all requests go, so that an
 * axios adapter there gives all of these, and one transport for statements and the
 * rest.
 *
 * @throws Error when a version of trino-client is not built that way
 */
export function createTrinoClient(options: {
  source: string;
  catalog?: string;
  schema?: string;
  session: Record<string, string>;
  extraHeaders: Record<string, string>;
  exchange: (request: TrinoClientRequest) => Promise<{
    page: unknown;
    headers: Readonly<Record<string, string>>;
  }>;
}): Trino {
  const { exchange, ...connection } = options;
  const trino = Trino.create(connection);
  const config = clientConfigOf(trino);
  config.adapter = async (request: unknown) => {
    const { page, headers } = await exchange(readRequest(request));
    return {
      data: page,
      status: 200,
      statusText: 'OK',
      headers: { ...headers },
      config: request,
    };
  };
  return trino;
}

function clientConfigOf(trino: unknown): Record<string, unknown> {
  const config =
    isRecord(trino) && isRecord(trino.client)
      ? trino.client.clientConfig
      : undefined;
  if (!isRecord(config) || typeof config.baseURL !== 'string') {
    throw new Error(
      'This version of trino-client keeps its HTTP config elsewhere than version 0.2.9 does, so that no timeout or limit can be set. Install trino-client 0.2.9.',
    );
  }
  return config;
}

function readRequest(request: unknown): TrinoClientRequest {
  if (!isRecord(request) || typeof request.url !== 'string') {
    throw new Error(
      'This version of trino-client makes requests that can not be read. Install trino-client 0.2.9.',
    );
  }
  const headers = isRecord(request.headers) ? request.headers : {};
  return {
    method:
      typeof request.method === 'string' &&
      request.method.toUpperCase() === 'POST'
        ? 'POST'
        : 'GET',
    url: request.url,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        /^x-trino-/i.test(name) && typeof value === 'string'
          ? [[name.toLowerCase(), value]]
          : [],
      ),
    ),
    body: typeof request.data === 'string' ? request.data : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
