import { createConnection, createServer } from 'node:net';
import { PORTS } from './settings.mjs';

const CONNECT_TIMEOUT_MS = 1000;

/** Whether something accepts connections on a port of this machine. */
export function acceptsConnections(port) {
  return new Promise(resolve => {
    const socket = createConnection({
      host: '127.0.0.1',
      port,
      timeout: CONNECT_TIMEOUT_MS,
    });
    const end = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

function canListen(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * Names the ports that something else uses already.
 *
 * @param {{ ports: Record<string, number>, processes: string[] }} options processes about to be started
 * @returns {Promise<string[]>} one sentence for each port in use
 */
export async function describePortsInUse({ ports, processes }) {
  const wanted = Object.entries(PORTS).filter(([, { process }]) =>
    processes.includes(process),
  );
  const sentences = await Promise.all(
    wanted.map(async ([key, { label, variable }]) =>
      (await canListen(ports[key]))
        ? undefined
        : `Port ${ports[key]}, meant for ${label}, is in use. ` +
          `See who has it with 'lsof -nP -iTCP:${
            ports[key]
          } -sTCP:LISTEN' and stop that, or choose another port: ${variable}=${
            ports[key] + 1000
          }.`,
    ),
  );
  return sentences.filter(sentence => sentence !== undefined);
}
