import type { RespReply } from '../protocol/RespReply';
import type { Keyspace } from '../world/Keyspace';
import type { RedisNodeState } from '../world/RedisNodeState';
import type { RedisTopologyState } from '../world/RedisTopologyState';
import type { RedisUser } from '../world/RedisUser';

/** A client of a node. */
export interface RedisSession {
  readonly id: number;
  readonly address: string;
  user: RedisUser | undefined;
  protocol: 2 | 3;
  database: number;
  name: string;
}

export interface CommandContext {
  readonly node: RedisNodeState;
  readonly topology: RedisTopologyState;
  readonly session: RedisSession;
  readonly users: ReadonlyMap<string, RedisUser>;
  /** Each session of this node. */
  readonly sessions: ReadonlySet<RedisSession>;
  readonly nowMs: number;
  readonly keyspace: Keyspace;
  /** Says whether a user may run a command with its arguments. */
  readonly dryRun: (
    user: RedisUser,
    words: readonly string[],
  ) => string | undefined;
}

export interface RedisCommandDefinition {
  /** In small letters; `config|get` for a part of a command. */
  readonly name: string;
  /** With the command's name, or both its names; negative: at least so many. */
  readonly arity: number;
  /** ACL categories without @. */
  readonly categories: readonly string[];
  /** Which of the arguments are keys. */
  readonly keys?: 'first' | 'all';
  /** Answered while the server loads. */
  readonly whileLoading?: boolean;
  /** Answered before AUTH. */
  readonly beforeAuth?: boolean;
  run(context: CommandContext, args: readonly string[]): RespReply;
}
