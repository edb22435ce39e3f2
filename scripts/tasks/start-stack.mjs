import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { explain, Problem } from '../lib/problems.mjs';
import { runApp } from '../lib/runApp.mjs';
import { stackEnv } from '../lib/stack.mjs';
import { answers } from '../lib/backstage.mjs';

const env = stackEnv();
const trino = `${env.STACK_TRINO_HTTP_URL}/v1/info`;
if (!env.STACK_TRINO_HTTP_URL || !(await answers(trino).catch(() => false))) {
  console.error(
    explain(
      new Problem(
        'No Trino of the stack answers.',
        'Start the real servers first, in another terminal: npm run stack',
      ),
    ),
  );
  process.exit(1);
}
await runApp({
  data: join(root, '.data', 'stack'),
  configs: [
    'app-config.yaml',
    'app-config.stack.yaml',
    ...(env.STACK_GATEWAY_URL ? ['app-config.gateway.yaml'] : []),
  ],
  env,
  services: [],
  firstClick:
    'choose Olivia, then open the "Analytics cluster" and its tab "Lakehouse"',
});
