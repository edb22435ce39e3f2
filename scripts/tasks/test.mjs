// Types, lint, formatting, API reports, config schema, and all tests that need no server.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/checks.mjs';
import { filesBelow } from '../lib/files.mjs';
import { root, yarnFile } from '../lib/paths.mjs';
import { jest, nodeTest } from '../lib/suites.mjs';

const bin = name => join(root, 'node_modules', ...name.split('/'));
const cli = bin('@backstage/cli/bin/backstage-cli');
const repoTools = bin('@backstage/repo-tools/bin/backstage-repo-tools');
const node = process.execPath;

// Config that the app gets from `npm start`; the schema check needs some value.
const configEnv = {
  ...process.env,
  LAKEHOUSE_INGEST_TOKEN: 'only-for-the-schema-check',
};
const configCheck = files => [
  cli,
  'config:check',
  '--lax',
  '--strict',
  ...files.flatMap(file => ['--config', file]),
];

// Declarations made anew: left-overs of earlier builds change the order in API reports.
rmSync(join(root, 'dist-types'), { recursive: true, force: true });

const tally = new Tally();
await tally.command('types', node, [yarnFile, 'tsc']);
await tally.command('lint', node, [cli, 'repo', 'lint', '--max-warnings', '0']);
await tally.command('lint: benchmarks, crash and browser tests', node, [
  bin('eslint/bin/eslint.js'),
  '--ext',
  '.ts',
  '--max-warnings',
  '0',
  'bench',
  'crash',
  'e2e',
]);
await tally.command('formatting', node, [
  bin('prettier/bin-prettier.js'),
  '--check',
  '.',
]);
await tally.command('dependencies without duplicates', node, [
  yarnFile,
  'dedupe',
  '--check',
]);
await tally.command('API reports', node, [
  repoTools,
  'api-reports',
  '--ci',
  '-o',
  'ae-undocumented,ae-misplaced-package-tag,ae-wrong-input-file-type',
  '--allow-warnings',
  'plugins/*,libraries/*',
  '--include',
  'plugins/**',
  '--include',
  'libraries/**',
]);
await tally.command(
  'config schema: demo',
  node,
  configCheck(['app-config.yaml']),
  { env: configEnv },
);
await tally.command(
  'config schema: stack',
  node,
  configCheck(['app-config.yaml', 'app-config.stack.yaml']),
  { env: configEnv },
);
await tally.command(
  'config schema: production',
  node,
  configCheck(['app-config.yaml', 'app-config.production.yaml']),
  { env: configEnv },
);
await tally.command('runbook files', node, [
  join(root, 'libraries/runbooks-cli/bin/runbooks'),
  'lint',
  ...[
    'plugins/runbooks-backend-module-lakehouse/runbooks',
    'examples/catalog/runbooks',
  ].filter(folder => existsSync(join(root, folder))),
]);
await tally.check('script tests', () =>
  nodeTest(
    ['scripts', 'stack', 'bench'].flatMap(folder =>
      filesBelow(folder, '.test.mjs'),
    ),
  ),
);
await tally.check('unit and integration tests', () =>
  jest({ args: ['--maxWorkers=2', '--silent'] }),
);
process.exit(tally.close());
