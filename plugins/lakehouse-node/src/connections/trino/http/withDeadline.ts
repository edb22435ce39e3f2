/**
 * Runs something with a signal that fires after a time, or when the caller's does.
 * Leaves no timer and no listener behind, which AbortSignal.any and
 * AbortSignal.timeout do on signals that live as long as the process.
 */
export async function withDeadline<T>(
  options: { signal?: AbortSignal; timeoutMs: number },
  run: (deadline: {
    signal: AbortSignal;
    timedOut: () => boolean;
  }) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort(new Error('timed out'));
  }, options.timeoutMs);
  const onAbort = () => controller.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  try {
    return await run({
      signal: controller.signal,
      timedOut: () => timedOut,
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}
