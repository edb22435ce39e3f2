import type {
  RedisCommand,
  RedisCommandOptions,
  RedisRunbookClient,
} from '../RedisConnection';
import type {
  RedisArgument,
  RedisBinaryReply,
  RedisOutcome,
  RedisReply,
} from '../RedisReply';
import type { RedisNode } from '../RedisTopology';
import { parseInfo } from '../replies/parseInfo';
import { toBinaryReply, toReply } from '../replies/toReply';
import type { RedisSocket } from './RedisSocket';
import { sendPipeline } from './sendPipeline';

/** {@link RedisRunbookClient} over one socket. */
export class RunbookClient implements RedisRunbookClient {
  readonly node: RedisNode;
  readonly runId: string | undefined;
  readonly #socket: RedisSocket;

  static async create(options: {
    node: RedisNode;
    socket: RedisSocket;
  }): Promise<RunbookClient> {
    // An account without INFO can act all the same; a restart is then told by the socket.
    const info = await options.socket.attempt('info', ['server']);
    const runId =
      info.outcome === 'done'
        ? parseInfo(String(info.reply)).get('run_id')
        : undefined;
    return new RunbookClient(options, runId);
  }

  private constructor(
    options: { node: RedisNode; socket: RedisSocket },
    runId: string | undefined,
  ) {
    this.node = options.node;
    this.#socket = options.socket;
    this.runId = runId;
  }

  get usable(): boolean {
    return this.#socket.usable;
  }

  async command(
    name: string,
    args: readonly RedisArgument[] = [],
    options: RedisCommandOptions = {},
  ): Promise<RedisReply> {
    return toReply(await this.#socket.send(name, args, options));
  }

  async binaryCommand(
    name: string,
    args: readonly RedisArgument[] = [],
    options: RedisCommandOptions = {},
  ): Promise<RedisBinaryReply> {
    const binary = { ...options, binary: true };
    return toBinaryReply(await this.#socket.send(name, args, binary));
  }

  pipeline(
    commands: readonly RedisCommand[],
    options: RedisCommandOptions = {},
  ): Promise<readonly RedisOutcome[]> {
    return sendPipeline(this.#socket, commands, options);
  }
}
