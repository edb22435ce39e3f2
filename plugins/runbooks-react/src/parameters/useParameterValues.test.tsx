import { act, renderHook } from '@testing-library/react';
import { useParameterValues } from './useParameterValues';

const given = { table: 'orders' };
const schema = {
  type: 'object',
  required: ['table'],
  properties: {
    table: { type: 'string', title: 'Table' },
    threshold: { type: 'string', title: 'Threshold', default: '100MB' },
    where: {
      type: 'array',
      title: 'Partitions',
      minItems: 1,
      items: {
        type: 'object',
        required: ['column'],
        properties: { column: { type: 'string' } },
      },
    },
  },
};

describe('useParameterValues', () => {
  it('begins with the defaults, and without entries of an optional list', () => {
    const { result } = renderHook(() => useParameterValues(schema, given));
    expect(result.current.problems).toEqual([]);
    expect(result.current.complete).toEqual({
      table: 'orders',
      threshold: '100MB',
    });
  });

  it('takes a list whose last entry was removed as not given', () => {
    const { result } = renderHook(() => useParameterValues(schema, given));
    act(() => result.current.setValues({ threshold: '1GB', where: [{}] }));
    expect(result.current.complete).toBeUndefined();
    expect(result.current.problems.join()).toContain('Partitions');

    act(() => result.current.setValues({ threshold: '1GB', where: [] }));
    expect(result.current.complete).toEqual({
      table: 'orders',
      threshold: '1GB',
    });
  });
});
