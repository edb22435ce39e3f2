// Drives Chromium over the app on real servers of its own.
import { join } from 'node:path';
import { answers, backstageStart } from '../lib/backstage.mjs';
import { run, Tally } from '../lib/checks.mjs';
import { onStop } from '../lib/cleanUp.mjs';
import { withOwnStack } from '../lib/ownStack.mjs';
import { root } from '../lib/paths.mjs';
import { explain } from '../lib/problems.mjs';
import { Supervisor } from '../lib/Supervisor.mjs';
import { playwrightCounts } from '../lib/playwright.mjs';

const READY_MS = 240_000;
/** Marks what wants a Superset that was set up with a common mistake. */
const SPLIT_CACHE = '@split-cache';
const tally = new Tally();
const supervisor = new Supervisor({ logs: join(root, '.data', 'e2e', 'logs') });
try {
  await withOwnStack(browserTests, { extraServices: ['gateway'] });
} catch (error) {
  console.error(explain(error));
  tally.failed += 1;
  await supervisor.stop();
}
process.exit(tally.close());

async function browserTests({ start, stop }) {
  onStop(() => supervisor.stop());
  const env = start();
  supervisor.start({
    name: 'backstage',
    ...backstageStart([
      'app-config.yaml',
      'app-config.stack.yaml',
      'app-config.gateway.yaml',
      'e2e/app-config.e2e.yaml',
    ]),
    env,
  });
  const backend = `http://localhost:${env.BACKEND_PORT}`;
  const app = `http://localhost:${env.PORT}`;
  await supervisor.ready({
    name: 'backstage',
    check: async () =>
      (await answers(`${backend}/.backstage/health/v1/readiness`)) &&
      (await answers(app)),
    timeoutMs: READY_MS,
  });
  const chromium = (what, args) =>
    tally.check(what, async () => {
      const report = join(root, '.data', 'e2e', 'report.json');
      const { code } = await run(
        process.execPath,
        [
          join(root, 'node_modules/@playwright/test/cli.js'),
          'test',
          ...args,
          ...process.argv.slice(2),
        ],
        {
          env: {
            ...env,
            E2E_APP_URL: app,
            E2E_BACKEND_URL: backend,
            PLAYWRIGHT_JSON_OUTPUT_NAME: report,
          },
        },
      );
      return playwrightCounts(report, code);
    });
  await chromium('browser tests on the real stack', [
    '--grep-invert',
    SPLIT_CACHE,
  ]);
  stop('--only', 'superset');
  start('--only', 'superset', '--split-cache');
  await chromium('browser tests with a split cache of Superset', [
    '--grep',
    SPLIT_CACHE,
  ]);
  await supervisor.stop();
}
