import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';

export const stackCli = join(root, 'stack', 'cli.mjs');

/** What the app and the tests need to know of the stack: its URLs, users and secrets. */
export function stackEnv(env = process.env) {
  const lines = execFileSync(process.execPath, [stackCli, 'env'], {
    encoding: 'utf8',
    env,
  });
  return Object.fromEntries(
    lines
      .split('\n')
      .filter(line => line.includes('='))
      .map(line => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ]),
  );
}
