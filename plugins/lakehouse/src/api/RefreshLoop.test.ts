import { RefreshLoop } from './RefreshLoop';

function setUp(options: { pollMs?: number } = {}) {
  const calls: Array<{
    signal: AbortSignal;
    resolve: (value: number) => void;
    reject: (error: Error) => void;
  }> = [];
  const results: number[] = [];
  const errors: unknown[] = [];
  const loop = RefreshLoop.start<number>({
    pollMs: options.pollMs ?? 5_000,
    load: signal =>
      new Promise((resolve, reject) => calls.push({ signal, resolve, reject })),
    onResult: result => results.push(result),
    onError: error => errors.push(error),
  });
  const answer = async (value: number | Error) => {
    const call = calls[calls.length - 1];
    if (value instanceof Error) call.reject(value);
    else call.resolve(value);
    await jest.advanceTimersByTimeAsync(0);
  };
  return { loop, calls, results, errors, answer };
}

function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    value: hidden,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('RefreshLoop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    setHidden(false);
  });
  afterEach(() => jest.useRealTimers());

  it('loads at once and polls', async () => {
    const { loop, calls, results, answer } = setUp();
    expect(calls).toHaveLength(1);
    await answer(1);
    await jest.advanceTimersByTimeAsync(4_999);
    expect(calls).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
    await answer(2);
    expect(results).toEqual([1, 2]);
    loop.stop();
  });

  it('has one load at a time, and at most one a second however often it is poked', async () => {
    const { loop, calls, answer } = setUp();
    for (let n = 0; n < 20; n += 1) loop.poke();
    expect(calls).toHaveLength(1);
    await answer(1);
    for (let n = 0; n < 20; n += 1) loop.poke();
    await jest.advanceTimersByTimeAsync(999);
    expect(calls).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
    loop.stop();
  });

  it('polls less while signals arrive', async () => {
    const { loop, calls, answer } = setUp();
    loop.poke();
    await answer(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    await answer(2);
    await jest.advanceTimersByTimeAsync(14_999);
    expect(calls).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(3);
    loop.stop();
  });

  it('waits longer after each failure, up to a minute', async () => {
    const { loop, calls, errors, answer } = setUp();
    for (const waitMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      const before = calls.length;
      await answer(new Error('down'));
      await jest.advanceTimersByTimeAsync(waitMs - 1);
      expect(calls).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(before + 1);
    }
    expect(errors).toHaveLength(6);
    loop.stop();
  });

  it('slows down while nobody looks and catches up when somebody does', async () => {
    const { loop, calls, answer } = setUp();
    setHidden(true);
    await answer(1);
    loop.poke();
    await jest.advanceTimersByTimeAsync(29_000);
    expect(calls).toHaveLength(1);
    setHidden(false);
    expect(calls).toHaveLength(2);
    loop.stop();
  });

  it('aborts and tells nothing once it is stopped', async () => {
    const { loop, calls, results, answer } = setUp();
    loop.stop();
    expect(calls[0].signal.aborted).toBe(true);
    await answer(1);
    loop.refresh();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(results).toEqual([]);
    expect(calls).toHaveLength(1);
  });
});
