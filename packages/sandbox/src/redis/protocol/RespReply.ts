/** An error that a command answers, with its code: `ERR syntax error`. */
export class RedisError extends Error {}

/** A line that is no error: `OK`. */
export class SimpleString {
  constructor(readonly text: string) {}
}

/** A map in RESP3; in RESP2 a flat list. */
export class RespMap {
  constructor(readonly pairs: ReadonlyArray<readonly [RespReply, RespReply]>) {}
}

/** A text of RESP3's verbatim kind; in RESP2 a bulk string. */
export class VerbatimText {
  constructor(readonly text: string) {}
}

/** What a command answers. Strings are bytes, one a character. */
export type RespReply =
  | string
  | number
  | undefined
  | SimpleString
  | RespMap
  | VerbatimText
  | readonly RespReply[];

export const OK = new SimpleString('OK');
