import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const tools = join(root, '.tools');
export const yarnFile = join(root, '.yarn', 'releases', 'yarn-4.13.0.cjs');
export const nodeTransform = join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
