import { join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { isOk } from '../lib/http.mjs';
import { STACK_DIR } from '../lib/paths.mjs';

/** The client id of Backstage at the stack's OpenID Connect provider. */
export const OIDC_CLIENT_ID = 'lakehouse-ops';

/** An OpenID Connect provider that knows the people of the example catalog. */
export function createOidcService({ settings, secrets }) {
  const port = settings.ports.oidc;
  const address = `http://127.0.0.1:${port}`;
  return {
    name: 'oidc',
    address,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 30_000,
    async prepare() {},
    commandLine: () => ({
      command: process.execPath,
      args: [join(STACK_DIR, 'oidc', 'server.mjs')],
      env: {
        ...baseEnv(),
        STACK_OIDC_PORT: String(port),
        STACK_OIDC_CLIENT_ID: OIDC_CLIENT_ID,
        STACK_OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
        STACK_OIDC_REDIRECT_URIS: settings.oidcRedirectUris.join(' '),
      },
    }),
    isReady: () => isOk(`${address}/.well-known/openid-configuration`),
  };
}
