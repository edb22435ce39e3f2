import net from 'node:net';
import { RedisNodeServer } from './RedisNodeServer';
import { RedisWorkload } from './RedisWorkload';
import type { RedisFaults } from './world/RedisFaults';
import { noFaults } from './world/RedisFaults';
import { RedisNodeState } from './world/RedisNodeState';
import { RedisTopologyState } from './world/RedisTopologyState';
import { RedisUser, type RedisUserOptions } from './world/RedisUser';
import { RedisWorld } from './world/RedisWorld';

const DEFAULT_PORT = 18_479;
const CLUSTER_NODES = 3;
const SWEEP_EVERY_MS = 100;

export interface RedisSandboxOptions {
  /** 18479 unless told; 0 for a free one. Nodes of a cluster take this and the next. */
  readonly port?: number;
  /** Three primaries instead of one server. */
  readonly cluster?: boolean;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** ACL users; a default user without password who may do everything unless told. */
  readonly users?: readonly RedisUserOptions[];
  /** An application that uses the cache, with its keys; none unless told. */
  readonly workload?: boolean;
}

export interface RedisSandbox {
  /** Of the first node. */
  readonly url: string;
  readonly port: number;
  /** host:port of all nodes as they are now. */
  readonly nodes: readonly string[];
  /** The keys behind the protocol. */
  readonly world: RedisWorld;
  /** Makes things go wrong on a node, or on all; what is left out goes well again. */
  setFaults(faults: Partial<RedisFaults>, node?: string): void;
  /** The process of a node ends and another starts at its address, with its keys. */
  restart(node?: string): void;
  /** A node dies and another at a new address takes over its slots and keys. */
  failover(
    node?: string,
  ): Promise<{ readonly from: string; readonly to: string }>;
  close(): Promise<void>;
}

/** Starts a stand-in for Redis on loopback. */
export async function startRedisSandbox(
  options: RedisSandboxOptions = {},
): Promise<RedisSandbox> {
  const { port = DEFAULT_PORT, cluster = false, now = Date.now } = options;
  const users = usersOf(options.users);
  const opened = [];
  for (let index = 0; index < (cluster ? CLUSTER_NODES : 1); index += 1) {
    opened.push(
      await RedisNodeServer.listen(net.createServer(), port && port + index),
    );
  }
  const generation = { next: 1 };
  const stateAt = (own: number, from?: RedisNodeState) => {
    generation.next += 1;
    const salt = String(generation.next);
    return new RedisNodeState({
      host: '127.0.0.1',
      port: own,
      nowMs: now(),
      salt,
      from,
    });
  };
  const states = opened.map(one => stateAt(one.port));
  const topology = new RedisTopologyState({ cluster, primaries: states });
  const serve = (server: net.Server, state: RedisNodeState) =>
    new RedisNodeServer({ server, state, topology, users, now });
  let servers = opened.map(({ server }, index) => serve(server, states[index]));
  const world = new RedisWorld({ topology, now });
  const workload = options.workload ? RedisWorkload.start(world) : undefined;
  const sweeper = setInterval(() => {
    for (const { state } of servers) state.sweep(now());
  }, SWEEP_EVERY_MS);
  sweeper.unref();

  const serverOf = (node?: string) => {
    const found = node
      ? servers.find(({ state }) => state.id === node)
      : servers[0];
    if (!found) throw new Error(`The sandbox has no Redis node ${node}.`);
    return found;
  };
  return {
    url: `redis://127.0.0.1:${opened[0].port}`,
    port: opened[0].port,
    get nodes() {
      return servers.map(({ state }) => state.id);
    },
    world,
    setFaults(faults, node) {
      for (const { state } of node ? [serverOf(node)] : servers) {
        Object.assign(state.faults, noFaults(), faults);
      }
    },
    restart(node) {
      const server = serverOf(node);
      const fresh = stateAt(server.state.port, server.state);
      topology.replace(server.state, fresh);
      server.restart(fresh);
    },
    async failover(node) {
      const old = serverOf(node);
      const { server, port: free } = await RedisNodeServer.listen(
        net.createServer(),
        0,
      );
      const fresh = stateAt(free, old.state);
      topology.replace(old.state, fresh);
      const next = serve(server, fresh);
      servers = servers.map(one => (one === old ? next : one));
      await old.close();
      return { from: old.state.id, to: fresh.id };
    },
    async close() {
      clearInterval(sweeper);
      workload?.stop();
      await Promise.all(servers.map(server => server.close()));
    },
  };
}

function usersOf(
  told: readonly RedisUserOptions[] = [],
): ReadonlyMap<string, RedisUser> {
  const users = new Map(told.map(one => [one.name, new RedisUser(one)]));
  if (!users.has('default')) {
    const rules = ['+@all', 'allkeys'];
    users.set('default', new RedisUser({ name: 'default', rules }));
  }
  return users;
}
