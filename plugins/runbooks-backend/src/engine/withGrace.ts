import { whenAborted } from './withDeadline';

/**
 * Waits for a promise, and after an abort only a little longer: what ignores
 * its signal is left behind.
 *
 * @throws the signal's reason when the grace is over
 */
export async function withGrace<T>(
  work: Promise<T>,
  signal: AbortSignal,
  graceMs: number,
): Promise<T> {
  const grace = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => grace.abort(signal.reason), graceMs);
  };
  if (signal.aborted) begin();
  signal.addEventListener('abort', begin, { once: true });
  try {
    return await Promise.race([work, whenAborted(grace.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', begin);
  }
}
