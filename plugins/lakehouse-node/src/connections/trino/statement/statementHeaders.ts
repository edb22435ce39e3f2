import { InputError } from '@backstage/errors';
import type { TrinoConnectionConfig } from '../config';
import type { TrinoStatementOptions } from '../TrinoConnection';

/** On every statement of ours, whatever config adds. */
const OWN_TAG = 'lakehouse-ops';
/** Without it Trino rounds timestamps to milliseconds for the sake of old clients. */
const CAPABILITIES = 'PARAMETRIC_DATETIME';
const HEADER_TEXT = /^[\x20-\x7e]+$/;
const SESSION_NAME = /^[a-zA-Z0-9_.]+$/;

/** What of a statement travels in headers, in the form that trino-client takes. */
export function statementHeaders(
  config: TrinoConnectionConfig,
  options: TrinoStatementOptions,
) {
  const tags = [OWN_TAG, ...config.clientTags, ...(options.clientTags ?? [])];
  for (const tag of tags) refuse(tag, 'client tag', !tag.includes(','));
  for (const name of [options.catalog, options.schema]) {
    // Trino does not decode these two headers; a statement can carry any name.
    if (name !== undefined) refuse(name, 'catalog or schema');
  }
  return {
    source: config.source,
    catalog: options.catalog,
    schema: options.schema,
    session: encodeSession(options.session ?? {}),
    extraHeaders: {
      'X-Trino-Client-Tags': [...new Set(tags)].join(','),
      'X-Trino-Client-Capabilities': CAPABILITIES,
    },
  };
}

function encodeSession(session: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(session).map(([name, value]) => {
      refuse(name, 'session property', SESSION_NAME.test(name));
      return [name, encodeURIComponent(value)];
    }),
  );
}

function refuse(text: string, what: string, fits = true) {
  if (!fits || !HEADER_TEXT.test(text)) {
    throw new InputError(
      `'${text}' can't be a ${what} of a statement, because an HTTP header can't carry it. Use printable ASCII without commas, or qualify names in the statement.`,
    );
  }
}
