/** Something took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs something with a signal that is aborted when the time is up, and does
 * not wait longer than that even when the signal is ignored.
 *
 * @throws DeadlineError; the signal's reason when the outer signal is aborted
 */
export async function withDeadline<T>(
  options: { what: string; timeoutMs: number; signal?: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { what, timeoutMs, signal: outer } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(
    () =>
      controller.abort(
        new DeadlineError(`${what} took longer than ${timeoutMs / 1000} s`),
      ),
    timeoutMs,
  );
  const passOn = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', passOn, { once: true });
  try {
    return await Promise.race([
      work(controller.signal),
      whenAborted(controller.signal),
    ]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', passOn);
  }
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
