import { budgetPolicyStep } from './budgetPolicyStep';
import { sloStatus } from './sloStatus';

const soon = { exhaustedAt: '2026-11-24T14:00:00Z' };

describe('status', () => {
  it.each([
    ['healthy', { data: 'measured', remaining: 0.9 }],
    ['healthy', { data: 'measured', remaining: 0.25, forecast: {} }],
    ['healthy', { data: 'backfilling', remaining: 0.9 }],
    ['breached', { data: 'measured', remaining: 0 }],
    ['breached', { data: 'stale', remaining: -2, firing: true }],
    ['at-risk', { data: 'measured', remaining: 0.249 }],
    ['at-risk', { data: 'measured', remaining: 0.9, firing: true }],
    ['at-risk', { data: 'measured', remaining: 0.9, forecast: soon }],
    ['at-risk', { data: 'stale', remaining: 0.1 }],
    ['at-risk', { data: 'stale', remaining: 0.9, firing: true }],
    ['unknown', { data: 'stale', remaining: 0.9 }],
    ['unknown', { data: 'no-data' }],
    ['unknown', { data: 'no-data', forecast: soon }],
    ['unknown', { data: 'backfilling' }],
    ['unknown', { data: 'measured' }],
  ] as const)('%s: %j', (status, facts) => {
    expect(sloStatus(facts)).toBe(status);
  });
});

describe('budget policy', () => {
  const steps = [
    { remaining: 0.5, action: 'look at it on Monday' },
    { remaining: 0, action: 'freeze releases' },
    { remaining: 0.25, action: 'reliability first' },
  ];

  it.each([
    [0.6, undefined],
    [0.5, 'look at it on Monday'],
    [0.3, 'look at it on Monday'],
    [0.1, 'reliability first'],
    [0, 'freeze releases'],
    [-3, 'freeze releases'],
  ])('with %s left: %s', (remaining, action) => {
    expect(budgetPolicyStep(steps, remaining)?.action).toBe(action);
  });
});
