import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunLog } from '@lakehouse-ops/plugin-runbooks-node';

/** As often as Superset's scheduler looks. */
export const EVERY_MINUTE = '* * * * *';
const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 2000;

/** Sets an alert's schedule to every minute while something runs, and back whatever comes of it. */
export async function withSchedule<T>(options: {
  connection: SupersetConnection;
  alertId: string;
  /** What it is now. */
  crontab: string;
  log: RunLog;
  remember: (note: JsonObject) => Promise<void>;
  signal: AbortSignal;
  run: () => Promise<T>;
}): Promise<T> {
  const { connection, alertId, crontab, log, remember, signal } = options;
  if (crontab === EVERY_MINUTE) {
    log.info('It is run every minute anyway: waiting for the next time');
    return options.run();
  }
  // Before it is changed, so that it is set back even when this process dies.
  await remember({ crontab });
  try {
    await connection.setAlertSchedule(alertId, EVERY_MINUTE, { signal });
    log.info(`Its schedule was ${crontab} and is every minute now`);
    return await options.run();
  } finally {
    await restore({ connection, alertId, crontab, log });
    await remember({ restored: true });
  }
}

/** Without the run's signal: it must happen also when that was cancelled. */
async function restore(options: {
  connection: SupersetConnection;
  alertId: string;
  crontab: string;
  log: RunLog;
}): Promise<void> {
  const { connection, alertId, crontab, log } = options;
  let last: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      await connection.setAlertSchedule(alertId, crontab);
      log.info(`Its schedule is ${crontab} again`);
      return;
    } catch (error) {
      last = error;
      log.warn(`Its schedule could not be set back: ${toError(error).message}`);
      if (attempt < ATTEMPTS) await sleep(BETWEEN_ATTEMPTS_MS);
    }
  }
  throw new ServiceUnavailableError(
    `The schedule of alert ${alertId} is still every minute: set it back to ${crontab} in Superset.`,
    last,
  );
}
