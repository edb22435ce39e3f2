// npm run bench -- <name>; without a name all run and a table is printed.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeTransform, root } from '../lib/paths.mjs';
import { explain, Problem } from '../lib/problems.mjs';
import { stackEnv } from '../lib/stack.mjs';
import { withOwnStack } from '../lib/ownStack.mjs';
import { answers } from '../lib/backstage.mjs';

const folder = join(root, 'bench');
const all = readdirSync(folder).filter(name =>
  existsSync(join(folder, name, 'run.ts')),
);
const asked = process.argv.slice(2);

/** Runs one benchmark; its last line is the result. */
function bench(name, env) {
  return new Promise((resolve, reject) => {
    let last = '';
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--require', nodeTransform, join(folder, name, 'run.ts')],
      {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    child.stdout.on('data', chunk => {
      process.stdout.write(chunk);
      last = (last + chunk).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code !== 0) {
        reject(
          new Problem(`The benchmark '${name}' ended with exit code ${code}.`),
        );
        return;
      }
      resolve(JSON.parse(last.trim().split('\n').pop()));
    });
  });
}

async function benchAll(names, env) {
  const results = [];
  for (const name of names) results.push(await bench(name, env));
  return results;
}

try {
  const unknown = asked.find(name => !all.includes(name));
  if (unknown)
    throw new Problem(
      `There is no benchmark '${unknown}'.`,
      `There are: ${all.join(', ')}.`,
    );
  const names = asked.length > 0 ? asked : all;
  const told = stackEnv();
  const running = await answers(`${told.STACK_TRINO_HTTP_URL}/v1/info`).catch(
    () => false,
  );
  const results = running
    ? await benchAll(names, { ...process.env, ...told })
    : await withOwnStack(({ start }) => benchAll(names, start('--no-seed')), {
        services: ['postgres', 'trino'],
      });
  if (names.length > 1) {
    console.table(
      results.map(({ name, figure, unit, reference, ratio, goal, met }) => ({
        name,
        figure,
        unit,
        reference,
        ratio,
        goal,
        met,
      })),
    );
  }
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
