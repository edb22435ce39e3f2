import type { SliUnit } from '@lakehouse-ops/plugin-lakehouse-common';
import { countsOf } from './countsOf';
import { rangeOf } from './PromRange';

describe('countsOf', () => {
  it.each<[SliUnit, number]>([
    ['s', 0.5],
    ['ms', 500],
    ['percent', 99.9],
    ['ratio', 0.999],
  ])('compares values in %s with %s as it is written', (unit, value) => {
    const counts = countsOf(
      {
        sli: {
          name: 'any',
          source: {
            type: 'prometheus',
            connection: 'metrics',
            query: { kind: 'threshold', value: 'told' },
          },
        },
        threshold: { op: 'lte', value, unit },
      },
      { range: rangeOf(300_000) },
    );
    expect(counts).toEqual({
      bad: expect.stringContaining(`<= bool ${value}\n`),
      total: expect.any(String),
    });
  });
});
