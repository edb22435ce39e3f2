// The contract and integration suites against real servers: npm run test:stack [-- 476 470]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../lib/checks.mjs';
import { filesBelow } from '../lib/files.mjs';
import { withOwnStack } from '../lib/ownStack.mjs';
import { root } from '../lib/paths.mjs';
import { explain } from '../lib/problems.mjs';
import { jest, nodeTest } from '../lib/suites.mjs';

const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['476', '470'];

function postgresUrl(env) {
  const {
    STACK_POSTGRES_HOST,
    STACK_POSTGRES_PORT,
    STACK_POSTGRES_USER,
    STACK_POSTGRES_PASSWORD,
  } = env;
  return `postgresql://${STACK_POSTGRES_USER}:${encodeURIComponent(
    STACK_POSTGRES_PASSWORD,
  )}@${STACK_POSTGRES_HOST}:${STACK_POSTGRES_PORT}`;
}

/** The suites that run on each database there is; all others ran without PostgreSQL. */
function suitesOnDatabases() {
  return ['lakehouse-backend', 'runbooks-backend']
    .flatMap(name => filesBelow(join('plugins', name, 'src'), '.test.ts'))
    .filter(file =>
      /TestDatabases|onEach\w*Database/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    )
    .map(file => file.replace(/[.\\]/g, '\\$&'));
}

/** What a later version of Trino is tried with: the other systems were met once. */
const ONLY_TRINO = ['--only', 'postgres,iceberg-rest,trino', '--no-seed'];

const ALL_SUITES = ['stack\\.test\\.ts', 'stack\\.contract\\.test\\.ts'];
const SUITES_ON_TRINO = [
  'trino/.*stack\\.(contract\\.)?test\\.ts',
  'trinoMaintenance\\.stack\\.test\\.ts',
  'src/runbooks\\.stack\\.test\\.ts',
];

const tally = new Tally();
try {
  await withOwnStack(allSuites, { extraServices: ['gateway'] });
} catch (error) {
  console.error(explain(error));
  tally.failed += 1;
}
process.exit(tally.close());

async function allSuites({ start, stop }) {
  for (const [index, trino] of versions.entries()) {
    // A later version opens what the first one wrote.
    const env =
      index === 0
        ? start('--trino', trino)
        : start('--trino', trino, ...ONLY_TRINO);
    await tally.check(`access rules of the stack on Trino ${trino}`, () =>
      nodeTest(filesBelow('stack', '.live.mjs'), env),
    );
    await tally.check(`contract and integration suites on Trino ${trino}`, () =>
      jest({
        patterns: index === 0 ? ALL_SUITES : SUITES_ON_TRINO,
        args: ['--runInBand'],
        env: { ...env, STACK_TRINO_VERSION: trino },
      }),
    );
    if (index === 0) {
      await tally.check('stores and migrations on PostgreSQL', () =>
        jest({
          patterns: suitesOnDatabases(),
          args: ['--runInBand', '--silent'],
          env: {
            BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
              postgresUrl(env),
          },
        }),
      );
    }
    stop();
  }
}
