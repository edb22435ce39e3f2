/** @public */
export type RedisArgument = string | number | Buffer;

/** An answer of RESP2; nothing is `undefined`. @public */
export type RedisReply = string | number | undefined | readonly RedisReply[];

/** An answer whose texts are bytes. @public */
export type RedisBinaryReply =
  | Buffer
  | number
  | undefined
  | readonly RedisBinaryReply[];

/**
 * What became of a command.
 *
 * @public
 */
export type RedisOutcome =
  /** The server did it and answered. */
  | { readonly outcome: 'done'; readonly reply: RedisReply }
  /** It was not sent, or the server refused it: nothing has changed. */
  | { readonly outcome: 'not-done'; readonly error: Error }
  /** It was sent and no answer came: it may have been done or not. */
  | { readonly outcome: 'unknown'; readonly error: Error };

/** Most commands of one pipeline. @public */
export const REDIS_PIPELINE_LIMIT = 1000;
