// Kills processes in the middle of runs, on real servers of its own: npm run test:crash
import { join } from 'node:path';
import { run, Tally } from '../lib/checks.mjs';
import { withOwnStack } from '../lib/ownStack.mjs';
import { nodeTransform, root } from '../lib/paths.mjs';
import { explain } from '../lib/problems.mjs';

const tally = new Tally();
try {
  await withOwnStack(
    ({ start }) =>
      tally.check('processes killed in the middle of runs', async () => {
        const { code, output } = await run(
          process.execPath,
          [
            '--require',
            nodeTransform,
            join(root, 'crash', 'run.ts'),
            ...process.argv.slice(2),
          ],
          { env: start(), tee: true },
        );
        const [, passed = 0, failed = 0] =
          /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
        return {
          passed: Number(passed),
          failed: Math.max(Number(failed), code === 0 ? 0 : 1),
        };
      }),
    { extraServices: ['gateway'] },
  );
} catch (error) {
  console.error(explain(error));
  tally.failed += 1;
}
process.exit(tally.close());
