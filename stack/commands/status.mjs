import { createContext } from '../lib/context.mjs';

/**
 * Prints what runs. The exit code is 0 when everything asked for runs, else 3, as of
 * service scripts (LSB).
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function status({ options }) {
  const { settings, paths, records } = createContext({ options });
  const found = settings.services.map(name => ({
    name,
    record: records.readRunning(name),
  }));
  for (const { name, record } of found) {
    const version = record?.version ? ` ${record.version}` : '';
    const state = record
      ? `runs${version} (pid ${record.pid}), log ${paths.logFile(name)}`
      : 'does not run';
    process.stdout.write(`${name.padEnd(12)}  ${state}\n`);
  }
  return found.every(({ record }) => record) ? 0 : 3;
}
