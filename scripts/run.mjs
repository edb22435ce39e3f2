// Entry of every npm script: makes the tool chain ready, then runs the asked task with it.
// Runs on Node 18 and newer; everything behind it runs on Node 22 or 24.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { root } from './lib/paths.mjs';
import { explain, Problem } from './lib/problems.mjs';

const [task, ...args] = process.argv.slice(2);
const file = join(root, 'scripts', 'tasks', `${task}.mjs`);

try {
  if (!task || !existsSync(file)) {
    throw new Problem(
      `There is no task '${task ?? ''}'.`,
      'See "scripts" in package.json.',
    );
  }
  const env = await prepare();
  const child = spawn(env.LAKEHOUSE_NODE, [file, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to the task as well: wait for it to clean up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // npm runs this through a shell that does not pass signals on: when it is gone, so is the person.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
  child.on('exit', (code, signal) => process.exit(signal ? 130 : code ?? 1));
} catch (error) {
  console.error(`\n${explain(error)}`);
  process.exit(1);
}
