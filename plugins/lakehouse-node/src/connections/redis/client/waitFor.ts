/** Waits for something until a time is over or a caller gives up; what is waited for goes on. */
export async function waitFor<T>(
  promise: Promise<T>,
  options: {
    timeoutMs: number;
    signal?: AbortSignal;
    onTimeout: () => T;
    onAbort: () => T;
  },
): Promise<T> {
  const { signal } = options;
  let cleanUp = () => {};
  const given = new Promise<T>(resolve => {
    const timer = setTimeout(
      () => resolve(options.onTimeout()),
      options.timeoutMs,
    );
    const abort = () => resolve(options.onAbort());
    signal?.addEventListener('abort', abort, { once: true });
    cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([promise, given]);
  } finally {
    cleanUp();
  }
}
