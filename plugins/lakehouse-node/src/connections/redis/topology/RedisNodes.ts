import { NotFoundError, toError } from '@backstage/errors';
import { RedisLink } from '../client/RedisLink';
import {
  formatRedisAddress,
  parseRedisAddress,
} from '../config/readRedisAddress';
import type {
  RedisAddress,
  RedisConnectionConfig,
} from '../config/RedisConnectionConfig';
import { redisErrors } from '../errors';
import type { RedisTopology } from '../RedisTopology';
import { askCluster } from './askCluster';
import { askSentinels } from './askSentinels';
import { fingerprintOf } from './fingerprintOf';

/** A topology is asked for again after that long. */
const TRUSTED_MS = 10_000;
/** Many failures of one moment need not each be looked into. */
const TRUSTED_IN_DOUBT_MS = 500;

/** The nodes of one Redis, and the reading socket to each. */
export class RedisNodes {
  readonly #config: RedisConnectionConfig;
  readonly #links = new Map<string, RedisLink>();
  readonly #sentinels: ReadonlyMap<string, RedisLink>;
  #known: { topology: RedisTopology; askedMs: number } | undefined;
  #asking: Promise<RedisTopology> | undefined;
  #doubted = false;
  #lastError: Error | undefined;

  static create(config: RedisConnectionConfig) {
    return new RedisNodes(config);
  }

  private constructor(config: RedisConnectionConfig) {
    this.#config = config;
    const { servers } = config;
    this.#sentinels = new Map(
      servers.mode === 'sentinel'
        ? servers.sentinels.map(address => [
            formatRedisAddress(address),
            RedisLink.create({
              config,
              address,
              auth: servers.auth,
              tls: servers.tls,
            }),
          ])
        : [],
    );
  }

  get lastError(): Error | undefined {
    return (
      this.#lastError ??
      (this.#known?.topology.nodes ?? [])
        .filter(({ role }) => role === 'primary')
        .map(({ id }) => this.#links.get(id)?.lastError)
        .find(error => error !== undefined)
    );
  }

  /** What is known of the nodes may not hold any more. */
  doubt() {
    this.#doubted = true;
  }

  async topology(options: { refresh?: boolean } = {}): Promise<RedisTopology> {
    const holds =
      this.#known &&
      performance.now() - this.#known.askedMs <
        (this.#doubted ? TRUSTED_IN_DOUBT_MS : TRUSTED_MS);
    if (this.#known && holds && !options.refresh) return this.#known.topology;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** @throws NotFoundError when it is not of the topology */
  async link(id: string): Promise<RedisLink> {
    const { nodes } = await this.topology();
    if (!nodes.some(node => node.id === id)) {
      throw new NotFoundError(
        `Redis connection '${
          this.#config.id
        }' has no node ${id} (any more). Its nodes are ${nodes
          .map(node => node.id)
          .join(', ')}.`,
      );
    }
    return this.#linkTo(id);
  }

  /** Where a node is reached from here. */
  addressOf(id: string): RedisAddress {
    const address = this.#config.addresses.get(id) ?? parseRedisAddress(id);
    if (!address) {
      throw redisErrors.unavailable({
        connection: this.#config.id,
        kind: 'bad-response',
        reason: `the servers tell of a node at '${id.slice(
          0,
          100,
        )}', which is no address`,
        remedy:
          'look at cluster-announce-ip and cluster-announce-hostname of the servers',
      });
    }
    return address;
  }

  close() {
    for (const link of [...this.#links.values(), ...this.#sentinels.values()]) {
      link.close();
    }
    this.#links.clear();
  }

  #linkTo(id: string): RedisLink {
    const known = this.#links.get(id);
    if (known) return known;
    const link = RedisLink.create({
      config: this.#config,
      address: this.addressOf(id),
      auth: this.#config.auth,
      tls: this.#config.tls !== undefined,
      database: this.#config.database,
    });
    this.#links.set(id, link);
    return link;
  }

  async #ask(): Promise<RedisTopology> {
    this.#doubted = false;
    try {
      const found = await this.#find();
      const topology: RedisTopology = {
        ...found,
        observedAt: new Date().toISOString(),
        fingerprint: fingerprintOf(found.nodes),
      };
      this.#forget(topology);
      this.#known = { topology, askedMs: performance.now() };
      this.#lastError = undefined;
      return topology;
    } catch (error) {
      this.#lastError = toError(error);
      throw error;
    }
  }

  async #find(): Promise<Omit<RedisTopology, 'observedAt' | 'fingerprint'>> {
    const { servers, id: connection } = this.#config;
    switch (servers.mode) {
      case 'standalone':
        return {
          nodes: [{ id: formatRedisAddress(servers.address), role: 'primary' }],
        };
      case 'sentinel':
        return askSentinels({
          connection,
          name: servers.name,
          sentinels: this.#sentinels,
        });
      default: {
        const seeds = servers.nodes.map(formatRedisAddress);
        const known = (this.#known?.topology.nodes ?? []).map(({ id }) => id);
        return askCluster({
          connection,
          nodes: [...new Set([...known, ...seeds])],
          linkTo: id => this.#linkTo(id),
          addressOf: id => this.addressOf(id),
        });
      }
    }
  }

  /** Closes sockets to nodes that are gone. */
  #forget(topology: RedisTopology) {
    const { servers } = this.#config;
    const kept = new Set(topology.nodes.map(({ id }) => id));
    if (servers.mode === 'cluster') {
      for (const seed of servers.nodes) kept.add(formatRedisAddress(seed));
    }
    for (const [id, link] of this.#links) {
      if (!kept.has(id)) {
        link.close();
        this.#links.delete(id);
      }
    }
  }
}
