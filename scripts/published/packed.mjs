import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '../lib/checks.mjs';
import { root } from '../lib/paths.mjs';

const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');

/**
 * Builds packages and lays them out as a registry would give them: only the
 * files that are published, and of other packages only the declared ones.
 *
 * @param packages - folders in the repository; each may depend on those before it
 * @returns the folder that each package was installed to, by its name
 */
export async function installPacked(packages, folder) {
  const packed = join(folder, 'packed');
  mkdirSync(packed, { recursive: true });
  const left = packages
    .map(name => join(root, name, 'dist'))
    .filter(dist => !existsSync(dist));
  try {
    for (const name of packages) {
      await backstageCli(['package', 'build'], join(root, name));
    }
    const { name: last } = readPackage(join(root, packages.at(-1)));
    await backstageCli(['build-workspace', packed, last], root);
  } finally {
    for (const dist of left) rmSync(dist, { recursive: true, force: true });
  }
  const installed = new Map();
  for (const name of packages) {
    installed.set(...install({ name, packed, folder, installed }));
  }
  return installed;
}

function install({ name, packed, folder, installed }) {
  const { name: id, dependencies = {} } = readPackage(join(packed, name));
  const target = join(folder, 'installed', id);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(packed, name), target);
  for (const dependency of Object.keys(dependencies)) {
    const link = join(target, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(
      installed.get(dependency) ?? find(dependency, join(root, name)),
      link,
    );
  }
  return [id, target];
}

/** Where a dependency of a package was installed to in the repository. */
function find(dependency, from) {
  const found = createRequire(join(from, 'package.json'))
    .resolve.paths(dependency)
    .map(folder => join(folder, dependency))
    .find(folder => existsSync(folder));
  if (!found) throw new Error(`${dependency} is not installed.`);
  return found;
}

export function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

async function backstageCli(args, cwd) {
  const { code, output } = await run(process.execPath, [cli, ...args], {
    cwd,
    quiet: true,
  });
  if (code !== 0) throw new Error(`backstage-cli ${args[0]}: ${output}`);
}
