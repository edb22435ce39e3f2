import { RefusalWatch } from '../shared/RefusalWatch';
import { CapabilityProbe } from '../shared/CapabilityProbe';
import { ConnectionUnavailableError } from '../shared/errors';
import type { SystemCapabilities } from '../shared/SystemConnection';
import { RunbookClients } from './client/RunbookClients';
import { sendPipeline } from './client/sendPipeline';
import type { RedisConnectionConfig } from './config/RedisConnectionConfig';
import { probeRedis } from './probe/probeRedis';
import type {
  RedisCommand,
  RedisCommandOptions,
  RedisConnection,
  RedisInfo,
  RedisLatency,
  RedisRunbookClients,
  RedisSlowCommand,
} from './RedisConnection';
import type {
  RedisArgument,
  RedisBinaryReply,
  RedisOutcome,
  RedisReply,
} from './RedisReply';
import type { RedisNode, RedisTopology } from './RedisTopology';
import { parseLatencyHistogram } from './replies/parseLatencyHistogram';
import { parseSlowlog } from './replies/parseSlowlog';
import { readConfig } from './replies/readConfig';
import { readInfo } from './replies/readInfo';
import { toBinaryReply, toReply } from './replies/toReply';
import { RedisNodes } from './topology/RedisNodes';

const SLOWLOG_LIMIT = 128;

type NodeRef = Pick<RedisNode, 'id'>;

/**
 * {@link RedisConnection} over RESP.
 *
 * @public
 */
export class DefaultRedisConnection implements RedisConnection {
  readonly system = 'redis';
  readonly #config: RedisConnectionConfig;
  readonly #nodes: RedisNodes;
  readonly #capabilities: CapabilityProbe;
  readonly #runs = new Set<RunbookClients>();
  readonly #refusals = RefusalWatch.create(() => this.#capabilities.doubt());

  static create(options: {
    config: RedisConnectionConfig;
  }): DefaultRedisConnection {
    return new DefaultRedisConnection(options.config);
  }

  private constructor(config: RedisConnectionConfig) {
    this.#config = config;
    this.#nodes = RedisNodes.create(config);
    this.#capabilities = CapabilityProbe.create({
      ttlMs: config.capabilitiesTtlMs,
      probe: () => probeRedis(this),
    });
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get uiUrl() {
    return this.#config.uiUrl;
  }

  get user() {
    return this.#config.auth.user;
  }

  get mode() {
    return this.#config.servers.mode;
  }

  get database() {
    return this.#config.database;
  }

  get prefixes() {
    return this.#config.prefixes;
  }

  get separators() {
    return this.#config.separators;
  }

  get trinoSource() {
    return this.#config.trinoSource;
  }

  topology(options: { refresh?: boolean } = {}): Promise<RedisTopology> {
    return this.#watch(() => this.#nodes.topology(options));
  }

  async primaries(
    options: { refresh?: boolean } = {},
  ): Promise<readonly RedisNode[]> {
    const { nodes } = await this.topology(options);
    return nodes.filter(({ role }) => role === 'primary');
  }

  async command(
    node: NodeRef,
    name: string,
    args: readonly RedisArgument[] = [],
    options: RedisCommandOptions = {},
  ): Promise<RedisReply> {
    return toReply(await this.#send(node, { name, args }, options));
  }

  async binaryCommand(
    node: NodeRef,
    name: string,
    args: readonly RedisArgument[] = [],
    options: RedisCommandOptions = {},
  ): Promise<RedisBinaryReply> {
    const binary = { ...options, binary: true };
    return toBinaryReply(await this.#send(node, { name, args }, binary));
  }

  async pipeline(
    node: NodeRef,
    commands: readonly RedisCommand[],
    options: RedisCommandOptions = {},
  ): Promise<readonly RedisOutcome[]> {
    return this.#watch(async () =>
      sendPipeline(await this.#nodes.link(node.id), commands, options),
    );
  }

  async info(
    node: NodeRef,
    sections: readonly string[] = [],
    options: RedisCommandOptions = {},
  ): Promise<RedisInfo> {
    return readInfo(
      args => this.command(node, 'info', args, options),
      sections,
    );
  }

  async slowlog(
    node: NodeRef,
    options: RedisCommandOptions & { limit?: number } = {},
  ): Promise<readonly RedisSlowCommand[]> {
    const { limit = SLOWLOG_LIMIT } = options;
    return parseSlowlog(
      await this.command(node, 'slowlog', ['get', limit], options),
    );
  }

  async latencyHistogram(
    node: NodeRef,
    options: RedisCommandOptions = {},
  ): Promise<ReadonlyMap<string, RedisLatency>> {
    return parseLatencyHistogram(
      await this.command(node, 'latency', ['histogram'], options),
    );
  }

  async configGet(
    node: NodeRef,
    patterns: readonly string[],
    options: RedisCommandOptions = {},
  ): Promise<ReadonlyMap<string, string>> {
    return readConfig(
      args => this.command(node, 'config', args, options),
      patterns,
    );
  }

  async withRunbookClients<T>(
    run: (clients: RedisRunbookClients) => Promise<T>,
    options: { signal?: AbortSignal } = {},
  ): Promise<T> {
    const clients = await this.#watch(async () =>
      RunbookClients.open({
        config: this.#config,
        topology: await this.#nodes.topology({ refresh: true }),
        addressOf: id => this.#nodes.addressOf(id),
        currentTopology: () => this.topology({ refresh: true }),
        signal: options.signal,
      }),
    );
    this.#runs.add(clients);
    try {
      return await run(clients);
    } finally {
      this.#runs.delete(clients);
      clients.close();
    }
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<SystemCapabilities> {
    return this.#watch(() => this.#capabilities.get(options));
  }

  status() {
    const lastError = this.#nodes.lastError ?? this.#refusals.lastError;
    return {
      capabilities: this.#capabilities.last,
      available: this.#nodes.lastError === undefined,
      lastError: lastError ?? this.#capabilities.lastError,
    };
  }

  async close(): Promise<void> {
    for (const clients of this.#runs) clients.close();
    this.#nodes.close();
  }

  async #send(
    node: NodeRef,
    { name, args }: RedisCommand,
    options: RedisCommandOptions & { binary?: boolean },
  ): Promise<unknown> {
    return this.#watch(async () =>
      (await this.#nodes.link(node.id)).send(name, args, options),
    );
  }

  /** A refusal says that rights or nodes may have changed since they were asked for. */
  async #watch<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await this.#refusals.over(run);
    } catch (error) {
      if (error instanceof ConnectionUnavailableError) this.#nodes.doubt();
      throw error;
    }
  }
}
