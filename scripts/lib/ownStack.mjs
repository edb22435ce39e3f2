import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onStop } from './cleanUp.mjs';
import { isFree } from './ports.mjs';
import { Problem } from './problems.mjs';
import { stackCli, stackEnv } from './stack.mjs';

const PORT_VARIABLES = [
  'STACK_TRINO_HTTP_PORT',
  'STACK_TRINO_HTTPS_PORT',
  'STACK_POSTGRES_PORT',
  'STACK_REDIS_PORT',
  'STACK_ICEBERG_REST_PORT',
  'BACKEND_PORT',
  'PORT',
];
/** Two of these side by side begin to look for free ports at different places. */
const FIRST_PORT = 21_000 + (process.pid % 400) * 20;

async function freePorts() {
  const ports = {};
  let port = FIRST_PORT;
  for (const name of PORT_VARIABLES) {
    while (!(await isFree(port))) port += 1;
    ports[name] = String(port);
    port += 1;
  }
  return ports;
}

/**
 * Real servers for one purpose, apart from any that a person runs: ports and
 * folder of their own, gone afterwards. `work` is given `start`, which answers
 * the environment to use them with, and `stop`.
 */
export async function withOwnStack(work) {
  const home = mkdtempSync(join(tmpdir(), 'lakehouse-ops-stack-'));
  // PostgreSQL runs as a user of its own when this is root's.
  chmodSync(home, 0o755);
  const env = {
    ...process.env,
    ...(await freePorts()),
    LAKEHOUSE_STACK_HOME: home,
  };
  const stack = (...args) =>
    spawnSync(process.execPath, [stackCli, ...args], { env, stdio: 'inherit' })
      .status;
  const start = (...args) => {
    if (stack('start', '--detach', ...args) !== 0) {
      throw new Problem(
        'The real servers did not start; what they said stands above.',
      );
    }
    return { ...env, ...stackEnv(env) };
  };
  const stop = (...args) => stack('stop', ...args);
  const end = () => {
    stop();
    rmSync(home, { recursive: true, force: true });
  };
  const ended = onStop(end);
  try {
    return await work({ start, stop });
  } finally {
    ended();
    end();
  }
}
