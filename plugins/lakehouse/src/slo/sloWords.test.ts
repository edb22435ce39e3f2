import { sloCountsText, slosClause } from './sloWords';

const counts = { breached: 0, 'at-risk': 0, unknown: 0, healthy: 0 };

it('counts SLOs, worst first', () => {
  expect(
    sloCountsText([
      { status: 'healthy' },
      { status: 'breached' },
      { status: 'healthy' },
      { status: 'unknown' },
    ]),
  ).toBe('4 SLOs: 1 breached, 1 not known, 2 healthy.');
  expect(sloCountsText([{ status: 'at-risk' }])).toBe('1 SLO: 1 at risk.');
});

describe('slosClause', () => {
  it('says nothing where there is none', () => {
    expect(slosClause({ counts, firing: 0 })).toBeUndefined();
  });

  it('tells the worst, and alerts that fire', () => {
    expect(
      slosClause({
        counts: { ...counts, breached: 1, 'at-risk': 2, healthy: 4 },
        firing: 3,
      }),
    ).toEqual({
      status: 'breached',
      text: '1 of 7 SLOs is breached, 3 alerts fire',
    });
  });

  it('does not call healthy what is not known', () => {
    expect(
      slosClause({ counts: { ...counts, unknown: 2, healthy: 4 }, firing: 0 }),
    ).toEqual({ status: 'unknown', text: '2 of 6 SLOs are not known' });
  });

  it('says when all are met', () => {
    expect(
      slosClause({ counts: { ...counts, healthy: 4 }, firing: 0 }),
    ).toEqual({ status: 'healthy', text: 'all 4 SLOs are met' });
    expect(
      slosClause({ counts: { ...counts, healthy: 1 }, firing: 1 }),
    ).toEqual({ status: 'at-risk', text: 'the one SLO is met, 1 alert fires' });
  });
});
