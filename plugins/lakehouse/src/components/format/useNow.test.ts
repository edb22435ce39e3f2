import { act, renderHook } from '@testing-library/react';
import { useNow } from './useNow';

describe('useNow', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('ticks for all with one timer, and stops with the last', () => {
    const first = renderHook(() => useNow(1_000));
    const second = renderHook(() => useNow(1_000));
    expect(jest.getTimerCount()).toBe(1);
    const before = first.result.current.getTime();
    act(() => jest.advanceTimersByTime(3_000));
    expect(first.result.current.getTime()).toBe(before + 3_000);
    expect(second.result.current).toBe(first.result.current);
    first.unmount();
    expect(jest.getTimerCount()).toBe(1);
    second.unmount();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not late when it is first looked at', () => {
    renderHook(() => useNow(1_000)).unmount();
    jest.advanceTimersByTime(60_000);
    const { result } = renderHook(() => useNow(1_000));
    expect(result.current.getTime()).toBe(Date.now());
  });
});
