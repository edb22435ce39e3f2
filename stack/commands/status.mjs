import { createContext } from '../lib/context.mjs';
import { SERVICE_NAMES, SERVICES } from '../lib/services.mjs';

/**
 * Prints what runs. The exit code is 0 when everything asked for runs, else 3, as of
 * service scripts (LSB).
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function status({ options }) {
  const { settings, paths, records } = createContext({ options });
  const shown = options.only === undefined ? SERVICE_NAMES : settings.services;
  const found = shown
    .flatMap(service =>
      SERVICES[service].processes.map(name => ({
        name,
        record: records.readRunning(name),
        isExpected: settings.services.includes(service),
      })),
    )
    .filter(({ record, isExpected }) => record || isExpected);
  for (const { name, record } of found) {
    const version = record?.version ? ` ${record.version}` : '';
    const state = record
      ? `runs${version} (pid ${record.pid}), log ${paths.logFile(name)}`
      : 'does not run';
    process.stdout.write(`${name.padEnd(15)}  ${state}\n`);
  }
  return found.every(({ record }) => record) ? 0 : 3;
}
