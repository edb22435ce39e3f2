import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 150;

/**
 * Asks until the answer is yes.
 *
 * @param {{ check: () => boolean | Promise<boolean>, timeoutMs: number }} options
 * @returns {Promise<boolean>} whether it became true in time
 */
export async function waitUntil({ check, timeoutMs }) {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() >= deadlineMs) {
      return false;
    }
    await sleep(INTERVAL_MS);
  }
  return true;
}
