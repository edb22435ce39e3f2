import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const KEY = 'runbooks.lakehouse.httpCheck.allowed';
const NAME = /^[A-Za-z0-9._-]{1,63}$/;
const DEFAULT_TIMEOUT = { seconds: 10 };

/** An address that may be asked. */
export interface HttpEndpoint {
  readonly name: string;
  readonly url: string;
  readonly timeoutMs: number;
  readonly authorization?: string;
}

/**
 * Reads which addresses `http:check` may ask.
 *
 * @throws InputError that names the field
 */
export function readHttpCheckConfig(
  root: Config,
): ReadonlyMap<string, HttpEndpoint> {
  const endpoints = new Map<string, HttpEndpoint>();
  for (const [index, entry] of (
    root.getOptionalConfigArray(KEY) ?? []
  ).entries()) {
    const field = `${KEY}[${index}]`;
    const name = entry.getString('name');
    if (!NAME.test(name) || endpoints.has(name)) {
      throw new InputError(
        endpoints.has(name)
          ? `${field}.name: there are two '${name}'. Give each a name of its own.`
          : `${field}.name: '${name}' has to be 1 to 63 letters, digits, dots, underscores or dashes.`,
      );
    }
    endpoints.set(name, {
      name,
      url: checkedUrl(`${field}.url`, entry.getString('url')),
      timeoutMs: durationToMilliseconds(
        entry.has('timeout')
          ? readDurationFromConfig(entry, { key: 'timeout' })
          : DEFAULT_TIMEOUT,
      ),
      authorization: entry.getOptionalString('authorization'),
    });
  }
  return endpoints;
}

function checkedUrl(field: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${field} is no address that can be asked. Write http://… or https://….`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${field} holds a user or password. Give them as authorization, which is kept secret.`,
    );
  }
  return url.href;
}
