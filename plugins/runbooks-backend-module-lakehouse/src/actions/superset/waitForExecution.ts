import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunLog } from '@lakehouse-ops/plugin-runbooks-node';
import { type AlertExecution, findExecution } from './alertExecution';

/** Superset's scheduler looks once a minute; a worker then takes some seconds to begin. */
const BEGINS_WITHIN_MS = 150_000;
/** Longer runs are followed to their end in Superset. */
const ENDS_WITHIN_MS = 420_000;

/**
 * Waits until the log has the end of a run.
 *
 * @throws ServiceUnavailableError when none comes: whether it will is not known
 */
export async function waitForExecution(options: {
  connection: SupersetConnection;
  alertId: string;
  afterRow: number;
  executionId?: string;
  workingTimeoutSeconds?: number;
  pollMs: number;
  signal: AbortSignal;
  log: RunLog;
  beginsWithinMs?: number;
}): Promise<AlertExecution['output']> {
  const { pollMs, signal, log } = options;
  const beginsWithinMs = options.beginsWithinMs ?? BEGINS_WITHIN_MS;
  const startedMs = performance.now();
  let begun = false;
  for (;;) {
    const found = await findExecution(options);
    if (found?.ended) return found.output;
    if (found && !begun) {
      begun = true;
      log.info('Superset is running it');
    }
    const waitedMs = performance.now() - startedMs;
    const limitMs = begun ? ENDS_WITHIN_MS : beginsWithinMs;
    if (waitedMs > limitMs) {
      throw new ServiceUnavailableError(
        begun
          ? `Superset is still running it after ${Math.round(
              limitMs / 1000,
            )} s.`
          : `Superset has not begun to run it within ${Math.round(
              limitMs / 1000,
            )} s: see whether its workers and its scheduler (Celery worker and beat) are alive. It may still run.`,
      );
    }
    log.progress(
      Math.min(0.95, waitedMs / limitMs),
      begun ? 'Running' : 'Waiting for a worker of Superset',
    );
    await sleep(pollMs, undefined, { signal });
  }
}
