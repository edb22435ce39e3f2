import { createContext } from '../lib/context.mjs';
import { isAnswering } from '../lib/http.mjs';
import { waitUntil } from '../lib/wait.mjs';
import { seed as seedTables } from '../seed/seed.mjs';

/** Time for a Trino that is just starting. */
const TRINO_TIMEOUT_MS = 120_000;

/**
 * Makes the demo tables that are not there; with `--reset` those that are there as well.
 *
 * @param {{ options: object, names: string[] }} input names of tables, none for all
 * @returns {Promise<number>} the exit code
 */
export async function seed({ options, names }) {
  const { settings, progress } = createContext({ options });
  const url = `http://127.0.0.1:${settings.ports.trinoHttp}`;
  const isReady = await waitUntil({
    check: () =>
      isAnswering(`${url}/v1/info`, ({ starting }) => starting === false),
    timeoutMs: TRINO_TIMEOUT_MS,
  });
  if (!isReady) {
    throw new Error(
      `No Trino answers at ${url}. Start it first: npm run stack -- --detach`,
    );
  }
  await seedTables({
    settings,
    progress,
    reset: options.reset,
    tables: names.length > 0 ? names : undefined,
  });
  progress('seed', 'done');
  return 0;
}
