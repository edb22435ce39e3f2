import { type ClientSession } from '../cluster/ClientSession';
import { type Exchange, header } from './Exchange';

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item.length > 0);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function pairs(text: string | undefined): Map<string, string> {
  return new Map(
    list(text).flatMap((item): [string, string][] => {
      const at = item.indexOf('=');
      return at > 0
        ? [
            [
              decode(item.slice(0, at).trim()),
              decode(item.slice(at + 1).trim()),
            ],
          ]
        : [];
    }),
  );
}

/** The client's session from the X-Trino-* headers of its request. */
export function readSession(exchange: Exchange): ClientSession {
  const text = (name: string) =>
    header(exchange.headers, `x-trino-${name}`)?.trim() || undefined;
  return {
    user: exchange.user,
    source: text('source'),
    catalog: text('catalog')?.toLowerCase(),
    schema: text('schema')?.toLowerCase(),
    clientTags: list(text('client-tags')),
    clientInfo: text('client-info'),
    traceToken: text('trace-token'),
    capabilities: list(text('client-capabilities')),
    properties: pairs(text('session')),
    preparedStatements: pairs(text('prepared-statement')),
    remoteAddress: exchange.remoteAddress,
    userAgent: header(exchange.headers, 'user-agent') ?? '',
  };
}
