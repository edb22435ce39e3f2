import { CustomErrorBase, NotFoundError } from '@backstage/errors';
import {
  connectionErrors,
  ConnectionUnavailableError,
  type UnavailableDetails,
} from '../shared/errors';

export const redisErrors = connectionErrors('Redis');

/** Why a server that answers can't do what it usually does, in its own word. @public */
export type RedisState =
  | 'LOADING'
  | 'READONLY'
  | 'MOVED'
  | 'ASK'
  | 'TRYAGAIN'
  | 'CLUSTERDOWN'
  | 'MASTERDOWN'
  | 'OOM'
  | 'MISCONF'
  | 'NOREPLICAS'
  | 'BUSY';

/**
 * A server answered that it can't do it as it stands now. Nothing was done.
 *
 * @public
 */
export class RedisStateError extends ConnectionUnavailableError {
  readonly state: RedisState;
  /** Of MOVED and ASK: which slot is where. */
  readonly redirect?: { readonly slot: number; readonly node: string };

  constructor(
    details: Omit<UnavailableDetails, 'kind'> & {
      state: RedisState;
      redirect?: { readonly slot: number; readonly node: string };
    },
  ) {
    super('Redis', { ...details, kind: 'server-error' });
    this.state = details.state;
    this.redirect = details.redirect;
  }
}

/**
 * A server refused a command by itself: a wrong type, a wrong argument. Nothing was done.
 *
 * @public
 */
export class RedisReplyError extends CustomErrorBase {
  /** The first word of the answer: ERR, WRONGTYPE, CROSSSLOT. */
  readonly code: string;
  readonly reason: string;

  constructor(details: {
    connection: string;
    node: string;
    command: string;
    code: string;
    text: string;
  }) {
    const reason = `${details.node} answered ${details.command} with "${details.text}"`;
    super(
      `Redis connection '${details.connection}': ${reason}. Nothing was done by this command; see whether the key holds what is expected and whether the server is of a version that is supported.`,
    );
    this.code = details.code;
    this.reason = reason;
  }
}

/**
 * A server does not have a command: it is older, or who runs it has renamed or blocked it.
 *
 * @public
 */
export class RedisUnknownCommandError extends NotFoundError {
  readonly command: string;
  readonly reason: string;
  readonly remedy: string;

  constructor(details: {
    connection: string;
    node: string;
    command: string;
    remedy: string;
  }) {
    const reason = `${details.node} does not know ${details.command}`;
    super(
      `Redis connection '${details.connection}': ${reason}. To have it, ${details.remedy}.`,
    );
    this.command = details.command;
    this.reason = reason;
    this.remedy = details.remedy;
  }
}
