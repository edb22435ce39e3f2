import type { PropsWithChildren } from 'react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import { runbooksApiRef } from '../api';
import { anEvent, aResponseError, aRun, mockRunbooksApi } from '../testUtils';
import { useRunEvents } from './useRunEvents';

function follow(api: ReturnType<typeof mockRunbooksApi>) {
  return renderHook(() => useRunEvents('run-1'), {
    wrapper: ({ children }: PropsWithChildren<{}>) => (
      <TestApiProvider apis={[[runbooksApiRef, api]]}>
        {children}
      </TestApiProvider>
    ),
  });
}

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

describe('useRunEvents', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('goes on after a network error from the last line seen', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents
      .mockResolvedValueOnce({ items: [anEvent(1, 'a')], run: aRun() })
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce({
        items: [anEvent(2, 'b')],
        run: aRun({ state: 'succeeded' }),
      });
    const { result } = follow(api);
    await wait(0);
    expect(result.current.connection).toBe('reconnecting');
    expect(result.current.failure?.message).toContain('Failed to fetch');

    await wait(1_000);
    expect(result.current.connection).toBe('ended');
    expect(result.current.events.map(({ message }) => message)).toEqual([
      'a',
      'b',
    ]);
    expect(
      api.getRunEvents.mock.calls.map(([, options]) => options.after),
    ).toEqual([0, 1, 1]);
  });

  it('waits longer after each failure', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents.mockRejectedValue(new TypeError('Failed to fetch'));
    follow(api);
    await wait(60_000);
    const calls = api.getRunEvents.mock.calls.length;
    expect(calls).toBeGreaterThan(6);
    expect(calls).toBeLessThan(15);
  });

  it('does not hammer a backend that answers at once with nothing', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents.mockResolvedValue({ items: [], run: aRun() });
    follow(api);
    await wait(10_000);
    expect(api.getRunEvents.mock.calls.length).toBeLessThanOrEqual(11);
  });

  it('gives up when it may not read', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents.mockRejectedValue(
      await aResponseError(403, 'You need runbooks.run.read; ask the owner.'),
    );
    const { result } = follow(api);
    await wait(30_000);
    expect(result.current).toMatchObject({
      connection: 'failed',
      failure: {
        kind: 'denied',
        message: 'You need runbooks.run.read; ask the owner.',
      },
    });
    expect(api.getRunEvents).toHaveBeenCalledTimes(1);
  });

  it('stops asking when it is no longer shown', async () => {
    const api = mockRunbooksApi();
    const { unmount } = follow(api);
    await wait(0);
    const { signal } = api.getRunEvents.mock.calls[0][1];
    unmount();
    expect(signal?.aborted).toBe(true);
    await wait(60_000);
    expect(api.getRunEvents).toHaveBeenCalledTimes(1);
  });
});
