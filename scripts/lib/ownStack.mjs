import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFree } from './ports.mjs';
import { Problem } from './problems.mjs';
import { stackCli } from './stack.mjs';

const PORT_VARIABLES = [
  'STACK_TRINO_HTTP_PORT',
  'STACK_TRINO_HTTPS_PORT',
  'STACK_POSTGRES_PORT',
  'STACK_REDIS_PORT',
  'STACK_ICEBERG_REST_PORT',
  'BACKEND_PORT',
  'PORT',
];

/** As many free ports as there are names, from `from` on. */
export async function freePorts(names, from) {
  const ports = {};
  let port = from;
  for (const name of names) {
    while (!(await isFree(port))) port += 1;
    ports[name] = String(port);
    port += 1;
  }
  return ports;
}

/**
 * Starts real servers for one purpose, apart from any that a person runs:
 * ports and folder of their own, gone afterwards.
 */
export async function withOwnStack({ trino, only, seed = true }, work) {
  const home = mkdtempSync(join(tmpdir(), 'lakehouse-ops-stack-'));
  // PostgreSQL runs as a user of its own when this is root's.
  chmodSync(home, 0o755);
  const ports = await freePorts(PORT_VARIABLES, 21_000);
  const env = { ...process.env, ...ports, LAKEHOUSE_STACK_HOME: home };
  const stack = (...args) =>
    spawnSync(process.execPath, [stackCli, ...args], { env, stdio: 'inherit' })
      .status;
  try {
    const args = ['start', '--detach'];
    if (trino) args.push('--trino', trino);
    if (only) args.push('--only', only);
    if (!seed) args.push('--no-seed');
    if (stack(...args) !== 0)
      throw new Problem(
        'The real servers did not start; what they said stands above.',
      );
    const { stdout } = spawnSync(process.execPath, [stackCli, 'env'], {
      env,
      encoding: 'utf8',
    });
    const told = Object.fromEntries(
      stdout
        .split('\n')
        .filter(line => line.includes('='))
        .map(line => [
          line.slice(0, line.indexOf('=')),
          line.slice(line.indexOf('=') + 1),
        ]),
    );
    return await work({ ...env, ...told });
  } finally {
    stack('stop');
    rmSync(home, { recursive: true, force: true });
  }
}
