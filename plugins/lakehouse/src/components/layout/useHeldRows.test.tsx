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

    act(() => result.current.holdProps.onMouseEnter());
    rerender({ rows: ['c', 'b'], listKey: 'one' });
    expect(result.current.rows).toEqual(['a', 'b']);
    expect(result.current.waiting).toBe(1);

    act(() => result.current.holdProps.onMouseLeave());
    expect(result.current.rows).toEqual(['c', 'b']);
    expect([...result.current.freshIds]).toEqual(['c']);
  });

  it('never holds back another list', () => {
    const { result, rerender } = renderHook(
      (props: { rows: string[]; listKey: string }) =>
        useHeldRows({ ...props, idOf }),
      { initialProps: { rows: ['a'], listKey: 'one' } },
    );
    act(() => {
      result.current.holdProps.onMouseEnter();
      result.current.pin('a');
    });
    rerender({ rows: ['x'], listKey: 'two' });
    expect(result.current.rows).toEqual(['x']);
    expect(result.current.freshIds.size).toBe(0);
  });
});
