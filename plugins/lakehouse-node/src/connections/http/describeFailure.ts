import { isError } from '@backstage/errors';

const TLS_REMEDY =
  'name the CA that signed its certificate in tls.caFile, or the name it is issued for in tls.serverName';

const BY_CODE: Readonly<Record<string, [reason: string, remedy: string]>> = {
  ECONNREFUSED: [
    'nothing listens at its address',
    'start {server}, or correct the url of the connection',
  ],
  ENOTFOUND: [
    'its host name is not known',
    'correct the url of the connection, or the name server',
  ],
  EAI_AGAIN: ['the name server does not answer', 'look at the name server'],
  ECONNRESET: [
    'it closed the connection before it had answered',
    'see whether {server} is restarting',
  ],
  UND_ERR_SOCKET: [
    'it closed the connection before it had answered',
    'see whether {server} is restarting, and whether the url needs https',
  ],
  EPIPE: [
    'it closed the connection before it had answered',
    'see whether {server} is restarting',
  ],
  UND_ERR_CONNECT_TIMEOUT: [
    'no connection could be made in time',
    'look at the network between Backstage and {server}',
  ],
  ENOENT: [
    'a file named under tls or auth is not there',
    'correct tls.caFile, tls.certFile, tls.keyFile or auth.tokenFile of the connection',
  ],
  EACCES: [
    'a file named under tls or auth may not be read',
    'let the backend read the files of tls and auth',
  ],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'renew its certificate'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is issued for another name',
    TLS_REMEDY,
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is not trusted', TLS_REMEDY],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate is not trusted', TLS_REMEDY],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'its certificate is not trusted',
    TLS_REMEDY,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'its certificate is not trusted',
    TLS_REMEDY,
  ],
};

/**
 * Says in two clauses why no answer came.
 *
 * @param server - what did not answer: "the coordinator"
 */
export function describeFailure(
  error: unknown,
  server: string,
): {
  reason: string;
  remedy: string;
} {
  for (let at: unknown = error, depth = 0; depth < 5; depth += 1) {
    if (typeof at !== 'object' || at === null) break;
    const code = 'code' in at ? String(at.code) : '';
    if (Object.hasOwn(BY_CODE, code)) {
      const [reason, remedy] = BY_CODE[code];
      return {
        reason: `${reason} (${code})`,
        remedy: remedy.replace('{server}', server),
      };
    }
    at = 'cause' in at ? at.cause : undefined;
  }
  return {
    reason: isError(error) && error.message ? error.message : 'no answer came',
    remedy: `look at ${server}, its log, and the network to it`,
  };
}
