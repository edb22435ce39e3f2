import { createContext } from '../lib/context.mjs';
import { processesOf, SERVICE_NAMES } from '../lib/services.mjs';

/**
 * Stops the recorded servers.
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function stop({ options }) {
  const { settings, progress, supervisor } = createContext({ options });
  const stopped = await supervisor.stop(
    processesOf(options.only === undefined ? SERVICE_NAMES : settings.services),
  );
  if (!stopped.includes(true)) {
    progress('stack', `nothing of it runs (looked in ${settings.stateDir})`);
  }
  return 0;
}
