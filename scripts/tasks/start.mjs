import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { runApp } from '../lib/runApp.mjs';
import { demoSecrets } from '../lib/secrets.mjs';
import { personalApiService } from '../lib/personalApi.mjs';
import { sandboxService } from '../lib/sandbox.mjs';

const data = join(root, '.data');

await runApp({
  data,
  configs: ['app-config.yaml'],
  env: {
    ...demoSecrets(join(data, 'secrets.json')),
    LAKEHOUSE_DATA_DIR: join(data, 'sqlite'),
  },
  services: [sandboxService, personalApiService],
  firstClick:
    'choose Olivia, then open the "Analytics cluster" and its tab "Lakehouse"',
});
