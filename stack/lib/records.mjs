import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readProcessIdentity } from './processIdentity.mjs';

/**
 * The processes that the stack started, kept in files so that a later command finds them.
 *
 * @param {{ fileOf: (service: string) => string, identityOf?: (pid: number) => string | undefined }} options
 */
export function createRecords({ fileOf, identityOf = readProcessIdentity }) {
  return {
    /** Remembers a process by pid and start time. */
    write(service, { pid, ...details }) {
      const identity = identityOf(pid);
      if (identity !== undefined) {
        writeFileSync(
          fileOf(service),
          `${JSON.stringify({ pid, identity, ...details }, undefined, 2)}\n`,
          { mode: 0o600 },
        );
      }
    },

    /** The record of a service that still runs; a pid that was given to another process does not count. */
    readRunning(service) {
      const file = fileOf(service);
      if (!existsSync(file)) {
        return undefined;
      }
      const record = JSON.parse(readFileSync(file, 'utf8'));
      return identityOf(record.pid) === record.identity ? record : undefined;
    },

    remove(service) {
      rmSync(fileOf(service), { force: true });
    },
  };
}
