import { approvalWords, spanWords, statisticsWords } from './words';

describe('words', () => {
  it.each([
    [30_000, '30 seconds'],
    [60_000, '1 minute'],
    [90_000, '90 seconds'],
    [1_800_000, '30 minutes'],
    [3_600_000, '1 hour'],
    [172_800_000, '2 days'],
    [1_500, '1.5 seconds'],
  ])('says %d ms as %s', (ms, words) => {
    expect(spanWords(ms)).toBe(words);
  });

  it('says who has to approve', () => {
    expect(
      approvalWords({
        groups: ['group:default/data-platform', 'user:default/olivia'],
        count: 2,
        expiresAfterMs: 1_800_000,
      }),
    ).toBe(
      '2 people of data-platform or olivia have to approve it first; never the one who started it. What is asked lapses after 30 minutes.',
    );
    expect(
      approvalWords({ groups: [], count: 1, expiresAfterMs: 3_600_000 }),
    ).toMatch(/^Somebody who may approve runs has to approve it first/);
  });

  it.each([
    [{ runs: 0, helped: 0, failed: 0 }, 'Not run in 90 days'],
    [
      { runs: 1, helped: 0, failed: 1 },
      'Ran once, helped never, failed once in 90 days',
    ],
    [
      { runs: 12, helped: 9, failed: 0 },
      'Ran 12 times, helped 9 times in 90 days',
    ],
  ])('says how it did: %j', (counts, words) => {
    expect(statisticsWords({ windowDays: 90, ...counts })).toBe(words);
  });
});
