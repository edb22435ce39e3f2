import { toError } from '@backstage/errors';
import { describeFailure } from '../../http/describeFailure';
import {
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
} from '../../shared/errors';
import {
  redisErrors,
  RedisReplyError,
  RedisUnknownCommandError,
} from '../errors';

const KNOWN = [
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
  RedisReplyError,
  RedisUnknownCommandError,
];
/** What the client's parser says of bytes that are no RESP. */
const NOT_RESP = /RESP type|protocol error/i;
const CLOSED = /connection (is )?closed|command queue state|ECONNRESET|EPIPE/i;
const WANTS_CERTIFICATE =
  /alert (certificate required|bad certificate|handshake failure)/i;
const TLS_MISMATCH = /wrong version number|packet length too long/i;

/** Says what it means that no answer came. */
export function errorOfRedisTransport(
  error: unknown,
  options: { connection: string; node: string; otherwise?: unknown },
): Error {
  const known = [error, options.otherwise].find(one =>
    KNOWN.some(type => one instanceof type),
  );
  if (known instanceof Error) return known;
  const { connection, node } = options;
  const { message } = toError(error);
  if (NOT_RESP.test(message)) {
    return redisErrors.unavailable({
      connection,
      kind: 'bad-response',
      reason: `what answers at ${node} does not speak Redis' protocol`,
      remedy:
        'correct host and port of the connection; if the server wants TLS, write rediss:// or add tls',
      cause: error,
    });
  }
  if (TLS_MISMATCH.test(message)) {
    return redisErrors.unavailable({
      connection,
      kind: 'bad-response',
      reason: `${node} does not speak TLS`,
      remedy: "name the server's TLS port, or take TLS out of the connection",
      cause: error,
    });
  }
  if (WANTS_CERTIFICATE.test(message)) {
    return redisErrors.unavailable({
      connection,
      kind: 'unreachable',
      reason: `${node} refused the client certificate, or wants one`,
      remedy:
        'name a certificate that it trusts in tls.certFile and tls.keyFile',
      cause: error,
    });
  }
  if (CLOSED.test(message)) {
    return redisErrors.unavailable({
      connection,
      kind: 'unreachable',
      reason: `${node} closed the connection before it had answered`,
      remedy:
        'see whether the server is restarting, whether it has reached maxclients, and whether it wants TLS',
      cause: error,
    });
  }
  const described = describeFailure(error, 'the server');
  return redisErrors.unavailable({
    connection,
    kind: 'unreachable',
    reason: `${node}: ${described.reason}`,
    remedy: described.remedy,
    cause: error,
  });
}
