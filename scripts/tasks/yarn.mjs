// npm run … -> Yarn with the prepared tool chain: node scripts/run.mjs yarn <args>
import { spawnSync } from 'node:child_process';
import { root, yarnFile } from '../lib/paths.mjs';

const { status } = spawnSync(
  process.execPath,
  [yarnFile, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
