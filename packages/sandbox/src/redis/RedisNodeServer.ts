import { once } from 'node:events';
import net from 'node:net';
import { commandName, runCommand } from './commands/runCommand';
import type { RedisSession } from './commands/RedisCommandDefinition';
import { RequestReader } from './protocol/RequestReader';
import { RedisError } from './protocol/RespReply';
import { writeReply } from './protocol/writeReply';
import type { RedisNodeState } from './world/RedisNodeState';
import type { RedisTopologyState } from './world/RedisTopologyState';
import type { RedisUser } from './world/RedisUser';

const HTML =
  'HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\n\r\n<html>';
/** Values in the slowlog are cut, as a server does. */
const MAX_SLOWLOG_WORDS = 32;
const MAX_SLOWLOG_CHARS = 128;

interface Client {
  readonly socket: net.Socket;
  readonly session: RedisSession;
}

/** Speaks RESP on loopback for one node. */
export class RedisNodeServer {
  readonly #topology: RedisTopologyState;
  readonly #users: ReadonlyMap<string, RedisUser>;
  readonly #now: () => number;
  readonly #server: net.Server;
  readonly #clients = new Set<Client>();
  #state: RedisNodeState;
  #sessions = 0;

  static async listen(
    server: net.Server,
    port: number,
  ): Promise<{ server: net.Server; port: number }> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return {
      server,
      port: typeof address === 'object' && address ? address.port : port,
    };
  }

  constructor(options: {
    server: net.Server;
    state: RedisNodeState;
    topology: RedisTopologyState;
    users: ReadonlyMap<string, RedisUser>;
    now: () => number;
  }) {
    this.#server = options.server;
    this.#state = options.state;
    this.#topology = options.topology;
    this.#users = options.users;
    this.#now = options.now;
    this.#server.on('connection', socket => this.#accept(socket));
  }

  get state(): RedisNodeState {
    return this.#state;
  }

  /** Another process at the same address: sockets end, figures begin anew. */
  restart(state: RedisNodeState) {
    this.#state = state;
    this.#endClients();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#endClients();
    await closed;
  }

  #endClients() {
    for (const { socket } of this.#clients) socket.destroy();
    this.#clients.clear();
  }

  #accept(socket: net.Socket) {
    this.#sessions += 1;
    const { counters } = this.#state;
    counters.connections += 1;
    const user = this.#users.get('default');
    const client: Client = {
      socket,
      session: {
        id: this.#sessions,
        address: `${socket.remoteAddress}:${socket.remotePort}`,
        user: user?.password === undefined ? user : undefined,
        protocol: 2,
        database: 0,
        name: '',
      },
    };
    this.#clients.add(client);
    this.#state.clients = this.#clients.size;
    const reader = new RequestReader();
    let work = Promise.resolve();
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#clients.delete(client);
      this.#state.clients = this.#clients.size;
    });
    socket.on('data', chunk => {
      if (this.#state.faults.garbage) {
        socket.end(HTML);
        return;
      }
      try {
        const commands = reader.read(chunk);
        work = work.then(() => this.#answerAll(client, commands));
      } catch (error) {
        socket.end(errorLine(error));
      }
    });
  }

  async #answerAll(client: Client, commands: readonly string[][]) {
    let answers = '';
    for (const words of commands) {
      if (client.socket.destroyed) return;
      const { faults } = this.#state;
      if (faults.drop === 'before') {
        client.socket.destroy();
        return;
      }
      const startedMs = performance.now();
      if (faults.delayMs > 0) {
        await new Promise(resolve => {
          setTimeout(resolve, faults.delayMs);
        });
      }
      answers += this.#answer(client.session, words, startedMs);
      if (this.#state.faults.drop === 'after') {
        client.socket.destroy();
        return;
      }
      if (words[0].toLowerCase() === 'quit') {
        client.socket.end(answers, 'latin1');
        return;
      }
    }
    client.socket.write(answers, 'latin1');
  }

  #answer(
    session: RedisSession,
    words: readonly string[],
    startedMs: number,
  ): string {
    const state = this.#state;
    const nowMs = this.#now();
    const record = (name: string | undefined, failed: boolean) => {
      const tookUs = (performance.now() - startedMs) * 1000;
      if (name) state.latency.record(name, tookUs, failed);
      state.logSlow({
        atSeconds: Math.floor(nowMs / 1000),
        tookUs: Math.round(tookUs),
        words: words
          .slice(0, MAX_SLOWLOG_WORDS)
          .map(word => word.slice(0, MAX_SLOWLOG_CHARS)),
        client: session.address,
        name: session.name,
      });
    };
    state.counters.commands += 1;
    try {
      const { name, reply } = runCommand(
        {
          node: state,
          topology: this.#topology,
          session,
          users: this.#users,
          sessions: new Set([...this.#clients].map(one => one.session)),
          nowMs,
          keyspaceOf: database => requireDatabase(state, database),
        },
        words,
      );
      record(name, false);
      return writeReply(reply, session.protocol);
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      state.countError(error.message.split(' ', 1)[0]);
      record(commandName(words), true);
      return errorLine(error);
    }
  }
}

function requireDatabase(state: RedisNodeState, database: number) {
  const keyspace = state.databases.get(database);
  if (!keyspace) throw new RedisError('ERR DB index is out of range');
  return keyspace;
}

function errorLine(error: unknown): string {
  const text = error instanceof Error ? error.message : 'ERR';
  return `-${text.replace(/[\r\n]+/g, ' ')}\r\n`;
}
