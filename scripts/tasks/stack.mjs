import { spawn } from 'node:child_process';
import { stackCli } from '../lib/stack.mjs';

const child = spawn(
  process.execPath,
  [stackCli, 'start', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', code => process.exit(code ?? 130));
