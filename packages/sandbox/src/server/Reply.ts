import { type ExactJson, stringifyExact } from '../protocol/exactJson';

export interface Reply {
  status: number;
  headers: [string, string][];
  body: string;
}

export function json(
  value: ExactJson,
  headers: [string, string][] = [],
): Reply {
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
      ...headers,
    ],
    body: stringifyExact(value),
  };
}

export function plain(
  status: number,
  body: string,
  headers: [string, string][] = [],
): Reply {
  return {
    status,
    headers: [['Content-Type', 'text/plain'], ...headers],
    body,
  };
}

export function empty(status: number): Reply {
  return { status, headers: [], body: '' };
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
};

/** An error page as Trino's HTTP server words it. */
export function errorPage(status: number, detail?: string): Reply {
  const reason = REASONS[status] ?? 'Error';
  return plain(
    status,
    `Error ${status} ${reason}: ${detail ?? `HTTP ${status} ${reason}`}`,
  );
}
