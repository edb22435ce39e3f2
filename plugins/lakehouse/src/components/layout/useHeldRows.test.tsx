import { act, renderHook } from '@testing-library/react';
import { useHeldRows } from './useHeldRows';

const idOf = (row: string) => row;

describe('useHeldRows', () => {
  it('holds rows while the pointer is over them, and tells which are fresh', () => {
    const { result, rerender } = renderHook(
      (props: { rows: string[]; listKey: string }) =>
        useHeldRows({ ...props, idOf }),
      { initialProps: { rows: ['a', 'b'], listKey: 'one' } },
    );
    expect(result.current.rows).toEqual(['a', 'b']);
    expect(result.current.freshIds.size).toBe(0);

    act(() => result.current.holdProps.onMouseMove());
    rerender({ rows: ['c', 'b'], listKey: 'one' });
    expect(result.current.rows).toEqual(['a', 'b']);
    expect(result.current.waiting).toBe(1);

    act(() => result.current.holdProps.onMouseLeave());
    expect(result.current.rows).toEqual(['c', 'b']);
    expect([...result.current.freshIds]).toEqual(['c']);
  });

  it('lets go when the pointer rests', () => {
    jest.useFakeTimers();
    const { result, rerender } = renderHook(
      (rows: string[]) => useHeldRows({ rows, listKey: 'one', idOf }),
      { initialProps: ['a'] },
    );
    act(() => result.current.holdProps.onMouseMove());
    rerender(['b']);
    expect(result.current.rows).toEqual(['a']);
    act(() => jest.advanceTimersByTime(8_000));
    expect(result.current.rows).toEqual(['b']);
    jest.useRealTimers();
  });

  it('never holds back another list', () => {
    const { result, rerender } = renderHook(
      (props: { rows: string[]; listKey: string }) =>
        useHeldRows({ ...props, idOf }),
      { initialProps: { rows: ['a'], listKey: 'one' } },
    );
    act(() => {
      result.current.holdProps.onMouseMove();
      result.current.pin('a');
    });
    rerender({ rows: ['x'], listKey: 'two' });
    expect(result.current.rows).toEqual(['x']);
    expect(result.current.freshIds.size).toBe(0);
  });
});
