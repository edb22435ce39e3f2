import { createContext } from '../lib/context.mjs';
import { seed as seedTables } from '../seed/seed.mjs';

/**
 * Makes the demo tables that are not there; with `--reset` those that are there as well.
 *
 * @param {{ options: object, names: string[] }} input names of tables, none for all
 * @returns {Promise<number>} the exit code
 */
export async function seed({ options, names }) {
  const { settings, progress } = createContext({ options });
  await seedTables({
    settings,
    progress,
    reset: options.reset,
    tables: names.length > 0 ? names : undefined,
  });
  progress('seed', 'done');
  return 0;
}
