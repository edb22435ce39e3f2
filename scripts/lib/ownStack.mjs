import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onStop } from './cleanUp.mjs';
import { isFree } from './ports.mjs';
import { Problem } from './problems.mjs';
import { PORTS } from '../../stack/lib/settings.mjs';
import { stackCli, stackEnv } from './stack.mjs';

const PORT_VARIABLES = [
  ...Object.values(PORTS).map(({ variable }) => variable),
  'BACKEND_PORT',
  'BACKEND_METRICS_PORT',
  'PORT',
  'SANDBOX_KUBERNETES_PORT',
];
/**
 * Two of these side by side begin to look for free ports at different places. A node of a
 * Redis Cluster also takes the port 10000 above its own, which must stay below those that
 * the system gives out by itself.
 */
const FIRST_PORT = 12_000 + (process.pid % 200) * 50;

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
 *
 * @param {(stack: { start: (...args: string[]) => object, stop: (...args: string[]) => number | null }) => Promise<unknown>} work
 * @param {{ services?: string[], extraServices?: string[], env?: Record<string, string> }} [options]
 *   `services` instead of the usual ones (those that they need come by themselves),
 *   `extraServices` on top, and more variables for the servers, such as
 *   STACK_SUPERSET_SPLIT_CACHE
 */
export async function withOwnStack(
  work,
  { services, extraServices, env: more } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'lakehouse-ops-stack-'));
  // PostgreSQL runs as a user of its own when this is root's.
  chmodSync(home, 0o755);
  const env = {
    ...process.env,
    ...(await freePorts()),
    LAKEHOUSE_STACK_HOME: home,
    ...more,
  };
  const chosen = [
    ...(services ? ['--only', services.join(',')] : []),
    ...(extraServices ? ['--with', extraServices.join(',')] : []),
  ];
  const stack = (...args) =>
    spawnSync(process.execPath, [stackCli, ...args], { env, stdio: 'inherit' })
      .status;
  const start = (...args) => {
    const which = args.includes('--only') ? [] : chosen;
    if (stack('start', '--detach', ...which, ...args) !== 0) {
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
