/** A signal and why it fired. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly timedOut: () => boolean;
  /** One of the callers' signals came first. */
  readonly abandoned: () => boolean;
}

/**
 * Runs something with a signal that fires after a time, or when one of the callers'
 * does. Leaves no timer and no listener behind, which AbortSignal.any and
 * AbortSignal.timeout do on signals that live as long as the process.
 */
export async function withDeadline<T>(
  options: {
    signals: ReadonlyArray<AbortSignal | undefined>;
    timeoutMs: number;
  },
  run: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let cause: 'timeout' | 'caller' | undefined;
  const fire = (why: 'timeout' | 'caller', reason: unknown) => {
    cause ??= why;
    controller.abort(reason);
  };
  const signals = options.signals.filter(signal => signal !== undefined);
  const listeners = signals.map(signal => {
    const listener = () => fire('caller', signal.reason);
    signal.addEventListener('abort', listener, { once: true });
    if (signal.aborted) listener();
    return { signal, listener };
  });
  const timer = setTimeout(
    () => fire('timeout', new Error(`not done in ${options.timeoutMs} ms`)),
    options.timeoutMs,
  );
  try {
    return await run({
      signal: controller.signal,
      timedOut: () => cause === 'timeout',
      abandoned: () => cause === 'caller',
    });
  } finally {
    clearTimeout(timer);
    for (const { signal, listener } of listeners) {
      signal.removeEventListener('abort', listener);
    }
  }
}
