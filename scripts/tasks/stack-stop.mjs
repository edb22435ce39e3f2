import { spawnSync } from 'node:child_process';
import { stackCli } from '../lib/stack.mjs';

const { status } = spawnSync(
  process.execPath,
  [stackCli, 'stop', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
