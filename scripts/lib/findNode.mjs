import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { tools } from './paths.mjs';
import { Problem, problemFrom } from './problems.mjs';

/** Fetched when the machine has no fitting Node. */
const NODE_VERSION = '22.23.3';

function versionOf(bin) {
  try {
    return execFileSync(bin, ['-v'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // not there, or not for this machine: both mean "not usable"
  }
}

const fits = version => /^v(22|24)\./.test(version ?? '');

/** The path of a Node 22 or 24: the one running, or one fetched from the npm registry. */
export async function findNode() {
  if (fits(process.version)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const bin = join(tools, 'node_modules', name, 'bin', 'node');
  if (fits(versionOf(bin))) return bin;

  console.log(
    `• Node ${process.version.slice(
      1,
    )} is here, Node 22 or 24 is needed: fetching ${NODE_VERSION} into .tools`,
  );
  mkdirSync(tools, { recursive: true });
  const manifest = join(tools, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  const { code, output } = await npm([
    'install',
    '--prefix',
    tools,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `${name}@${NODE_VERSION}`,
  ]);
  if (code !== 0) {
    throw problemFrom(output, {
      what: `There is no Node ${NODE_VERSION} for ${process.platform} on ${process.arch} in the registry.`,
      wayOut: 'Install Node 22 or 24 yourself and start again.',
    });
  }
  if (!fits(versionOf(bin))) {
    throw new Problem(
      'The fetched Node does not run on this machine.',
      'Install Node 22 or 24 yourself and start again.',
    );
  }
  return bin;
}

/** The folder whose include/node native modules are built against; undefined when it has none. */
export function headersOf(node) {
  const home = join(dirname(node), '..');
  if (!existsSync(join(home, 'include', 'node', 'node.h'))) return undefined;
  if (!/\s/.test(home)) return home;
  // The compiler is called without quotes: go round a space in the path.
  const link = join(
    tmpdir(),
    `lakehouse-ops-node-${createHash('sha256')
      .update(home)
      .digest('hex')
      .slice(0, 12)}`,
  );
  if (!existsSync(link)) symlinkSync(home, link, 'dir');
  return link;
}
