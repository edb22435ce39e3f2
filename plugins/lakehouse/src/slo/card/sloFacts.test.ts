import { mockDefinition, mockSlo } from '../__testUtils__';
import { countedFrom, manageRefusal, policyStep } from './sloFacts';

const budget = (remaining: number) => ({
  unit: 'events' as const,
  allowed: 100,
  spent: 100 * (1 - remaining),
  remaining,
});

describe('policyStep', () => {
  const definition = mockDefinition({
    budgetPolicy: [
      { remaining: 0, action: 'stop' },
      { remaining: 0.5, action: 'look' },
      { remaining: -0.5, action: 'escalate' },
    ],
  });
  it.each([
    [0.6, undefined],
    [0.5, 'look'],
    [0.1, 'look'],
    [0, 'stop'],
    [-0.7, 'escalate'],
  ])('takes the lowest step that was reached, at %d', (remaining, action) => {
    expect(policyStep({ budget: budget(remaining), definition })?.action).toBe(
      action,
    );
  });

  it('asks nothing of anyone without a budget', () => {
    expect(policyStep({ budget: undefined, definition })).toBeUndefined();
  });
});

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
      manageRefusal({
        mayManage: false,
        connections: ['analytics', 'bi'],
        owner: 'group:default/team-a',
      }),
    ).toBe(
      'You need lakehouse.slo.manage on analytics and bi; ask group:default/team-a, who owns it, or those who run this Backstage.',
    );
    expect(
      manageRefusal({ mayManage: false, connections: ['analytics'] }),
    ).toMatch(/; ask those who run/);
  });

  it('refuses nothing to those who may', () => {
    expect(
      manageRefusal({ mayManage: true, connections: ['analytics'] }),
    ).toBeUndefined();
  });
});
