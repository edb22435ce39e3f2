// The contract and integration suites against real servers: npm run test:stack [-- 476 470]
import { Tally } from '../lib/checks.mjs';
import { withOwnStack } from '../lib/ownStack.mjs';
import { explain } from '../lib/problems.mjs';
import { jest } from '../lib/suites.mjs';

const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['476', '470'];
const tally = new Tally();
try {
  for (const trino of versions) {
    await withOwnStack({ trino }, async env => {
      const {
        STACK_POSTGRES_HOST,
        STACK_POSTGRES_PORT,
        STACK_POSTGRES_USER,
        STACK_POSTGRES_PASSWORD,
      } = env;
      await tally.check(
        `contract and integration suites on Trino ${trino}`,
        () =>
          jest({
            patterns: ['stack\\.test\\.ts', 'stack\\.contract\\.test\\.ts'],
            args: ['--runInBand'],
            env: { ...env, STACK_TRINO_VERSION: trino },
          }),
      );
      if (trino !== versions[0]) return;
      await tally.check('stores and migrations on PostgreSQL', () =>
        jest({
          patterns: ['plugins/(lakehouse|runbooks)-backend/'],
          args: ['--runInBand', '--silent'],
          env: {
            BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING: `postgresql://${STACK_POSTGRES_USER}:${encodeURIComponent(
              STACK_POSTGRES_PASSWORD,
            )}@${STACK_POSTGRES_HOST}:${STACK_POSTGRES_PORT}`,
          },
        }),
      );
    });
  }
} catch (error) {
  console.error(explain(error));
  tally.failed += 1;
}
process.exit(tally.close());
