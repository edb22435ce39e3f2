import type {
  RedisArgument,
  RedisBinaryReply,
  RedisOutcome,
  RedisReply,
} from './RedisReply';
import type { RedisNode, RedisTopology } from './RedisTopology';
import type { SystemConnection } from '../shared/SystemConnection';

/** @public */
export type RedisMode = 'standalone' | 'sentinel' | 'cluster';

/** @public */
export interface RedisCommandOptions {
  /** Stops waiting. What was sent may still be done. */
  readonly signal?: AbortSignal;
  /** commandTimeout of the connection unless told. */
  readonly timeoutMs?: number;
}

/** A command and its arguments; keys that are not text as a Buffer. @public */
export interface RedisCommand {
  readonly name: string;
  readonly args: readonly RedisArgument[];
}

/** An entry of SLOWLOG without the values of its command. @public */
export interface RedisSlowCommand {
  readonly id: number;
  /** ISO time. */
  readonly at: string;
  readonly durationUs: number;
  /** The command's name in capitals. */
  readonly command: string;
  /** Its first key, where the command is known to have one. */
  readonly key?: string;
  /** Address of the client. */
  readonly client?: string;
}

/** How often a command took how long, counted since the server started or CONFIG RESETSTAT. @public */
export interface RedisLatency {
  readonly calls: number;
  /** Calls that took at most so many microseconds, by that bound; rising. */
  readonly atMostUs: ReadonlyMap<number, number>;
}

/** The fields of INFO by name, as text. @public */
export type RedisInfo = ReadonlyMap<string, string>;

/**
 * The socket of one run of an action to one primary. It is never opened a second
 * time: what was sent was sent once, and nothing is sent later.
 *
 * @public
 */
export interface RedisRunbookClient {
  readonly node: RedisNode;
  /** The process that answered at opening, where INFO server is permitted: another one is there after a restart. */
  readonly runId?: string;
  /** False when the socket is gone: nothing more can be sent. */
  readonly usable: boolean;

  /**
   * Sends one command.
   *
   * @throws RedisReplyError, RedisStateError, ConnectionDeniedError when the server
   * refused it, ConnectionUnavailableError when no answer came. Use `pipeline` where it
   * must be told whether a change was made.
   */
  command(
    name: string,
    args?: readonly RedisArgument[],
    options?: RedisCommandOptions,
  ): Promise<RedisReply>;

  /** As `command`, with texts of the answer as bytes. */
  binaryCommand(
    name: string,
    args?: readonly RedisArgument[],
    options?: RedisCommandOptions,
  ): Promise<RedisBinaryReply>;

  /**
   * Sends many commands at once and tells of each whether it was done. Never throws
   * for what the server does.
   *
   * @throws InputError for more than {@link REDIS_PIPELINE_LIMIT} commands
   */
  pipeline(
    commands: readonly RedisCommand[],
    options?: RedisCommandOptions,
  ): Promise<readonly RedisOutcome[]>;
}

/** Own sockets of one run of an action, one for each primary. @public */
export interface RedisRunbookClients {
  /** As it was when the sockets were opened. */
  readonly topology: RedisTopology;
  readonly clients: readonly RedisRunbookClient[];
  /** As it is now. Another `fingerprint` tells of a failover, or of slots that moved. */
  currentTopology(): Promise<RedisTopology>;
}

/**
 * One Redis: a server, what a Sentinel watches, or a cluster. Reads go over one
 * socket a node, opened when needed; while a node does not answer they fail at once.
 *
 * @public
 */
export interface RedisConnection extends SystemConnection {
  readonly system: 'redis';
  readonly mode: RedisMode;
  /** The database that is looked at; always 0 in a cluster. */
  readonly database: number;
  /** Prefixes of keys that are told in config. */
  readonly prefixes: readonly string[];
  /** What parts a key's prefix from the rest. */
  readonly separators: readonly string[];
  /** Whose queries fill this cache, as config tells. */
  readonly trinoSource?: {
    readonly connection: string;
    readonly source: string;
  };

  /** Which nodes there are; asked again when older than some seconds, or when told. */
  topology(options?: {
    refresh?: boolean;
    signal?: AbortSignal;
  }): Promise<RedisTopology>;

  /** The nodes that hold keys and take writes. */
  primaries(options?: {
    refresh?: boolean;
    signal?: AbortSignal;
  }): Promise<readonly RedisNode[]>;

  /**
   * Sends one command to one node, over the connection's own reading socket. For
   * reads: a caller that must know whether a change was made uses
   * `withRunbookClients`.
   *
   * @throws NotFoundError when the node is not of the topology
   */
  command(
    node: Pick<RedisNode, 'id'>,
    name: string,
    args?: readonly RedisArgument[],
    options?: RedisCommandOptions,
  ): Promise<RedisReply>;

  /** As `command`, with texts of the answer as bytes: keys need not be text. */
  binaryCommand(
    node: Pick<RedisNode, 'id'>,
    name: string,
    args?: readonly RedisArgument[],
    options?: RedisCommandOptions,
  ): Promise<RedisBinaryReply>;

  /** Many reads at once; an error of one does not hide the others. */
  pipeline(
    node: Pick<RedisNode, 'id'>,
    commands: readonly RedisCommand[],
    options?: RedisCommandOptions,
  ): Promise<readonly RedisOutcome[]>;

  /** @param sections - all of the server's usual ones unless told */
  info(
    node: Pick<RedisNode, 'id'>,
    sections?: readonly string[],
    options?: RedisCommandOptions,
  ): Promise<RedisInfo>;

  /** Newest first, at most `limit` (128 unless told). */
  slowlog(
    node: Pick<RedisNode, 'id'>,
    options?: RedisCommandOptions & { limit?: number },
  ): Promise<readonly RedisSlowCommand[]>;

  /** By command, from Redis 7.0. */
  latencyHistogram(
    node: Pick<RedisNode, 'id'>,
    options?: RedisCommandOptions,
  ): Promise<ReadonlyMap<string, RedisLatency>>;

  /** Settings by name, of those patterns. */
  configGet(
    node: Pick<RedisNode, 'id'>,
    patterns: readonly string[],
    options?: RedisCommandOptions,
  ): Promise<ReadonlyMap<string, string>>;

  /**
   * Opens a socket of its own to each primary, for one run of an action, and closes
   * them after it. They have no offline queue, send nothing twice and never
   * reconnect, so that a late or doubled change can't be.
   *
   * @throws ConnectionUnavailableError, ConnectionDeniedError when any primary can't be had
   */
  withRunbookClients<T>(
    run: (clients: RedisRunbookClients) => Promise<T>,
    options?: { signal?: AbortSignal },
  ): Promise<T>;
}
