import { readdir, readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import path from 'node:path';

const PACKAGE = '@lakehouse-ops/plugin-runbooks-backend-module-lakehouse';

/** The runbook files that stand in this package, under `runbooks`. */
export async function readShippedRunbooks(): Promise<
  Array<{ name: string; text: string }>
> {
  const folder = resolvePackagePath(PACKAGE, 'runbooks');
  const names = (await readdir(folder))
    .filter(name => name.endsWith('.yaml'))
    .sort();
  return Promise.all(
    names.map(async name => ({
      name: `${PACKAGE}/runbooks/${name}`,
      text: await readFile(path.join(folder, name), 'utf8'),
    })),
  );
}
