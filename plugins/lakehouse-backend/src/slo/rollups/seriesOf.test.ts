import type { SloObjective } from '@lakehouse-ops/plugin-lakehouse-common';
import { seriesOf } from './seriesOf';

const objective: SloObjective = {
  key: '0',
  target: 0.99,
  weight: 1,
  sli: {
    name: 'latency',
    source: {
      type: 'lakehouse',
      indicator: 'query-latency',
      connection: 'analytics',
      filter: { user: 'ann', source: 'api' },
    },
  },
  threshold: { op: 'lte', value: 2, unit: 's' },
  slice: { durationMs: 300_000, target: 0.9 },
};
const id = (
  method: 'Occurrences' | 'Timeslices' | 'RatioTimeslices',
  change: Partial<SloObjective> = {},
) => seriesOf({ method }, { ...objective, ...change }).id;

describe('seriesOf', () => {
  it('is one for all that count the same', () => {
    const { source } = objective.sli;
    const reordered = {
      name: 'other name',
      source: { ...source, filter: { source: 'api', user: 'ann' } },
    };
    expect(id('Occurrences', { sli: reordered, target: 0.5, weight: 3 })).toBe(
      id('Occurrences'),
    );
    expect(id('Occurrences', { slice: undefined })).toBe(id('Occurrences'));
    expect(id('RatioTimeslices', { slice: { durationMs: 300_000 } })).toBe(
      id('RatioTimeslices'),
    );
  });

  it('is another for what counts otherwise', () => {
    const ids = [
      id('Occurrences'),
      id('Timeslices'),
      id('RatioTimeslices'),
      id('Timeslices', { slice: { durationMs: 300_000, target: 0.8 } }),
      id('Occurrences', { threshold: { op: 'lt', value: 2, unit: 's' } }),
      id('Occurrences', {
        sli: {
          name: 'x',
          source: { ...objective.sli.source, connection: 'b' },
        },
      }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
