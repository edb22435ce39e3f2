import type {
  ConnectionDeniedError,
  ConnectionUnavailableError,
} from '../shared/errors';
import { gatewayErrors } from './errors';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';

/**
 * Says what a code in a body means that came with HTTP 200. Who is known but lacks a
 * role gets 401 there. Source: measured on Gateway 20.
 */
export function errorOfGatewayCode(options: {
  config: GatewayConnectionConfig;
  what: string;
  code: number;
  message: string | null | undefined;
}): ConnectionDeniedError | ConnectionUnavailableError {
  const { config, what, code } = options;
  const said = options.message ? `: ${options.message.slice(0, 200)}` : '';
  if (code === 401 || code === 403) {
    return gatewayErrors.denied({
      connection: config.id,
      status: 403,
      reason: `${what} is a refusal of code ${code}${said}`,
      remedy: `give ${
        config.auth.type === 'none' ? 'the account' : config.auth.user
      } the role that it needs in the gateway: USER to see, ADMIN to see the queries of others, API to activate and deactivate backends`,
    });
  }
  return gatewayErrors.unavailable({
    connection: config.id,
    kind: 'server-error',
    reason: `${what} is a failure of code ${code}${said}`,
    remedy: "look into the gateway's log, and at its database",
  });
}
