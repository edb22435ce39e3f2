import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { run } from '../lib/checks.mjs';
import { root } from '../lib/paths.mjs';

const BACKEND = 'packages/backend';
const MODULE = 'runbooks-backend-module-lamps';
const LIMIT_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'lakehouse-ops-template-'));
const made = join(folder, 'plugins', MODULE);
after(() => rmSync(folder, { recursive: true, force: true }));

/** A repository like this one, with its template and its dependencies, but none of its plugins. */
function likeThisRepository() {
  for (const name of ['package.json', 'yarn.lock', 'backstage.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  cpSync(join(root, 'templates'), join(folder, 'templates'), {
    recursive: true,
  });
  mkdirSync(join(folder, BACKEND, 'src'), { recursive: true });
  for (const name of ['package.json', 'src/index.ts']) {
    cpSync(join(root, BACKEND, name), join(folder, BACKEND, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

async function succeeds(script, args, cwd) {
  const { code, output } = await run(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    { cwd, quiet: true, env: { ...process.env, CI: '1' } },
  );
  assert.equal(code, 0, output);
}

describe('a package from the template runbook-action-module', () => {
  it('is made and added to the backend', { timeout: LIMIT_MS }, async () => {
    likeThisRepository();
    await succeeds(
      '@backstage/cli/bin/backstage-cli',
      [
        'new',
        '--select',
        'runbook-action-module',
        '--option',
        'moduleId=lamps',
        '--skip-install',
      ],
      folder,
    );
    const { name } = JSON.parse(
      readFileSync(join(made, 'package.json'), 'utf8'),
    );
    assert.match(
      readFileSync(join(folder, BACKEND, 'src/index.ts'), 'utf8'),
      new RegExp(`backend\\.add\\(import\\('${name}'\\)\\)`),
    );
  });

  it('has no errors of types', { timeout: LIMIT_MS }, async () => {
    const config = join(folder, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: '@backstage/cli/config/tsconfig.json',
        include: [`plugins/${MODULE}/src`],
        compilerOptions: {
          declaration: false,
          emitDeclarationOnly: false,
          incremental: false,
          noEmit: true,
        },
      }),
    );
    await succeeds('typescript/bin/tsc', ['--project', config], folder);
  });

  it('passes its own tests', { timeout: LIMIT_MS }, async () => {
    const report = join(folder, 'report.json');
    await succeeds(
      '@backstage/cli/bin/backstage-cli',
      [
        'package',
        'test',
        '--watch=false',
        '--maxWorkers=1',
        '--json',
        `--outputFile=${report}`,
      ],
      made,
    );
    const { numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
    assert.ok(numPassedTests > 0);
  });
});
