import { createServer } from 'node:http';
import type { Express } from 'express';

const REQUEST_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 2_000;
const STOP_TIMEOUT_MS = 10_000;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more requests; waits for those that run, ten seconds at most. */
  stop(): Promise<void>;
}

export function listen(options: {
  app: Express;
  port: number;
  host: string;
}): Promise<Listening> {
  const { app, port, host } = options;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  server.maxConnections = MAX_CONNECTIONS;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        stop: () =>
          new Promise(stopped => {
            const timer = setTimeout(
              () => server.closeAllConnections(),
              STOP_TIMEOUT_MS,
            );
            server.close(() => {
              clearTimeout(timer);
              stopped();
            });
            server.closeIdleConnections();
          }),
      });
    });
  });
}
