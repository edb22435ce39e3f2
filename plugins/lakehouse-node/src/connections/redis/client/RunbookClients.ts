import type {
  RedisAddress,
  RedisConnectionConfig,
} from '../config/RedisConnectionConfig';
import type {
  RedisRunbookClient,
  RedisRunbookClients,
} from '../RedisConnection';
import type { RedisNode, RedisTopology } from '../RedisTopology';
import { RedisSocket } from './RedisSocket';
import { RunbookClient } from './RunbookClient';

/** Sockets of one run of an action. */
export class RunbookClients implements RedisRunbookClients {
  readonly topology: RedisTopology;
  readonly clients: readonly RedisRunbookClient[];
  readonly currentTopology: () => Promise<RedisTopology>;
  readonly #sockets: readonly RedisSocket[];

  /** @throws what the first socket that could not be opened tells; the others are closed */
  static async open(options: {
    config: RedisConnectionConfig;
    topology: RedisTopology;
    addressOf: (id: string) => RedisAddress;
    currentTopology: () => Promise<RedisTopology>;
    signal?: AbortSignal;
  }): Promise<RunbookClients> {
    const { config, topology, signal } = options;
    const primaries = topology.nodes.filter(({ role }) => role === 'primary');
    const opened = await Promise.allSettled(
      primaries.map(async node => {
        const socket = await RedisSocket.open({
          config,
          address: options.addressOf(node.id),
          auth: config.auth,
          tls: config.tls !== undefined,
          database: config.database,
          signal,
        });
        return { node, socket };
      }),
    );
    const had = opened.flatMap(one =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    const failed = opened.find(one => one.status === 'rejected');
    if (failed) {
      for (const { socket } of had) socket.close();
      throw failed.reason;
    }
    const clients = await Promise.all(
      had.map(one => RunbookClient.create(one)),
    );
    return new RunbookClients({ ...options, had, clients });
  }

  private constructor(options: {
    topology: RedisTopology;
    currentTopology: () => Promise<RedisTopology>;
    had: ReadonlyArray<{ node: RedisNode; socket: RedisSocket }>;
    clients: readonly RedisRunbookClient[];
  }) {
    this.topology = options.topology;
    this.currentTopology = options.currentTopology;
    this.clients = options.clients;
    this.#sockets = options.had.map(({ socket }) => socket);
  }

  close() {
    for (const socket of this.#sockets) socket.close();
  }
}
