import type { VerificationMetric } from '@lakehouse-ops/plugin-runbooks-common';
import { describeChange } from './describeChange';

const change = (part: Partial<VerificationMetric>) =>
  describeChange({ label: 'x', unit: 'files', ...part });

describe('describeChange', () => {
  it.each<[Partial<VerificationMetric>, string | undefined]>([
    [{ before: 300, after: 9, better: 'lower' }, '97 % less, better'],
    [{ before: 300, after: 9, better: 'higher' }, '97 % less, worse'],
    [{ before: '4', after: '5' }, '25 % more'],
    [{ before: 2, after: 60, better: 'higher' }, '30 times as much, better'],
    [
      { before: 41, after: 93.5, unit: 'percent', better: 'higher' },
      '52.5 points more, better',
    ],
    [{ before: 0, after: 3 }, '3 more'],
    [{ before: 7, after: 7 }, 'no change'],
    [{ before: 7 }, undefined],
    [{ before: 'a', after: 'b', unit: 'text' }, undefined],
  ])('%j is %s', (metric, expected) => {
    expect(change(metric)).toBe(expected);
  });
});
