import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 15_000;
const INTERVAL_MS = 100;

/**
 * Asks again until there is an answer; fails with what was awaited when none comes.
 */
export async function eventually<T>(
  awaited: string,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const endMs = performance.now() + WAIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > endMs) {
      throw new Error(`${awaited} did not come in ${WAIT_MS} ms.`);
    }
    await sleep(INTERVAL_MS);
  }
}
