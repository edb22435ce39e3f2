import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findNode, headersOf } from './findNode.mjs';
import { npmConfig } from './npm.mjs';
import { root, yarnFile } from './paths.mjs';
import { Problem, problemFrom } from './problems.mjs';
import { runWithProgress } from './runWithProgress.mjs';

const SYSTEM_CERTIFICATES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
];
const SPACE_NEEDED_BYTES = 4 * 1024 ** 3;

/**
 * Makes Node 22 or 24, Yarn and all dependencies ready, skipping what is done,
 * and answers the environment to run tasks in.
 */
export async function prepare() {
  if (process.platform === 'win32') {
    throw new Problem(
      'Windows can’t run this by itself.',
      'Install WSL (wsl --install), open a WSL terminal, clone the repository there and start again.',
    );
  }
  const installed = existsSync(join(root, 'node_modules', '.yarn-state.yml'));
  if (!installed) checkDisk();

  const node = await findNode();
  const env = environment(node);
  const stamp = join(root, 'node_modules', '.lakehouse-ops-setup');
  const key = setupKey(node);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== key) {
    await runWithProgress({
      label: installed
        ? 'Updating dependencies'
        : 'Installing dependencies (2 to 5 minutes, once)',
      command: node,
      args: [yarnFile, 'install', '--immutable'],
      env,
      log: 'install.log',
      steps: /┌ (Resolution|Fetch|Link) step/,
      problem: output =>
        problemFrom(output, {
          what: 'Installing the dependencies failed.',
          wayOut: 'The whole output is in .tools/install.log.',
        }),
    });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, key);
  }
  return env;
}

function setupKey(node) {
  const hash = createHash('sha256').update(node);
  for (const file of ['yarn.lock', 'package.json', '.yarnrc.yml']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free < SPACE_NEEDED_BYTES) {
    throw new Problem(
      `Only ${(free / 1024 ** 3).toFixed(1)} GB of disk are free here.`,
      'Set-up needs about 4 GB: free some space and start again.',
    );
  }
}

function environment(node) {
  const env = { ...process.env };
  // npm hands its own settings to what it runs; node-gyp and Yarn would take them for theirs.
  for (const name of Object.keys(env)) {
    if (/^npm_/i.test(name)) delete env[name];
  }
  delete env.INIT_CWD;
  env.PATH = dirname(node) + delimiter + env.PATH;
  env.LAKEHOUSE_NODE = node;
  const headers = headersOf(node);
  if (headers) env.npm_config_nodedir = headers;
  const registry = npmConfig('registry');
  if (registry) env.YARN_NPM_REGISTRY_SERVER ??= registry.replace(/\/$/, '');
  const certificates = SYSTEM_CERTIFICATES.find(file => existsSync(file));
  if (certificates) env.NODE_EXTRA_CA_CERTS ??= certificates;
  env.YARN_ENABLE_TELEMETRY = '0';
  return env;
}
