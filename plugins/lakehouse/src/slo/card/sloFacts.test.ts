import { mockSlo } from '../__testUtils__';
import { countedFrom, manageRefusal } from './sloFacts';

describe('countedFrom', () => {
  const slo = mockSlo();
  const since = (...times: Array<string | undefined>) => ({
    windowFrom: '2026-11-01T00:00:00.000Z',
    objectives: times.map(time => ({
      ...slo.objectives[0],
      countedFrom: time,
    })),
  });

  it('is when the last objective began to be counted', () => {
    expect(
      countedFrom(
        since('2026-11-03T00:00:00.000Z', '2026-11-09T00:00:00.000Z'),
      ),
    ).toBe('2026-11-09T00:00:00.000Z');
  });

  it('says nothing when all of the window is counted', () => {
    expect(
      countedFrom(since(undefined, '2026-10-09T00:00:00.000Z')),
    ).toBeUndefined();
  });
});

describe('manageRefusal', () => {
  it('tells which permission is missing, where, and whom to ask', () => {
    expect(
      manageRefusal({ mayManage: false, connections: ['analytics', 'bi'] }),
    ).toBe(
      'You need lakehouse.slo.manage on analytics and bi; ask those who run this Backstage to allow it in its permission policy.',
    );
  });

  it('refuses nothing to those who may', () => {
    expect(
      manageRefusal({ mayManage: true, connections: ['analytics'] }),
    ).toBeUndefined();
  });
});
