import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, tools } from './paths.mjs';

/**
 * Runs a command to its end with one line of progress; the whole output goes
 * to a file. Throws what `problem` makes of the output when it fails.
 */
export async function runWithProgress(options) {
  const { label, command, args, env, log, steps, problem } = options;
  mkdirSync(tools, { recursive: true });
  const file = createWriteStream(join(tools, log));
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const live = process.stdout.isTTY;
  let step = '';
  let tail = '';
  const show = () => {
    if (live) process.stdout.write(`\r\x1b[K• ${label}${step} … ${seconds()}`);
  };
  if (!live) console.log(`• ${label}`);

  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setInterval(show, 1000);
  show();
  const watch = stream =>
    createInterface({ input: stream }).on('line', line => {
      file.write(`${line}\n`);
      tail = `${tail}\n${line}`.slice(-20_000);
      const match = line.match(steps);
      if (match) {
        step = `: ${match[1].toLowerCase()}`;
        if (!live) console.log(`  ${match[1].toLowerCase()} (${seconds()})`);
      }
    });
  watch(child.stdout);
  watch(child.stderr);
  const code = await new Promise(resolve => {
    child.on('error', () => resolve(1));
    child.on('close', resolve);
  });
  clearInterval(timer);
  file.end();
  if (live) process.stdout.write('\r\x1b[K');
  if (code !== 0) throw problem(tail);
  console.log(`✓ ${label.replace(/ \(.*\)$/, '')}: done in ${seconds()}`);
}
