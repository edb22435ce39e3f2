import { aRun } from '../../testUtils';
import { canCancel, describeOutcome } from './outcome';

const verification = {
  summary: '300 → 9 files',
  metrics: [],
};

describe('describeOutcome', () => {
  it('tells verified, not verified and inconclusive apart', () => {
    const of = (outcome: 'verified' | 'not-verified' | 'inconclusive') =>
      describeOutcome(
        aRun({
          state: 'succeeded',
          verification: { ...verification, outcome },
        }),
      );
    expect(of('verified')).toEqual({
      severity: 'success',
      title: 'Done, and verified',
      lines: ['300 → 9 files'],
    });
    expect(of('not-verified').severity).toBe('warning');
    expect(of('inconclusive').title).not.toBe(of('not-verified').title);
  });

  it('says of a failure which step, what was done, and what next', () => {
    const outcome = describeOutcome(
      aRun({
        state: 'failed',
        error: {
          step: 'execute',
          message: 'Trino answered 503.',
          alreadyDone: 'nothing was changed.',
          nextStep: 'start Trino and run it again.',
        },
      }),
    );
    expect(outcome.title).toBe('Failed at "Kill the query"');
    expect(outcome.lines).toEqual([
      'Trino answered 503.',
      'Already done: nothing was changed.',
      'What next: start Trino and run it again.',
    ]);
  });

  it('names who cancelled', () => {
    expect(
      describeOutcome(aRun({ state: 'cancelled', cancelRequestedBy: 'bob' }))
        .title,
    ).toBe('Cancelled by bob');
  });

  it('never guesses an unknown outcome', () => {
    const outcome = describeOutcome(aRun({ state: 'outcome-unknown' }));
    expect(outcome.severity).toBe('warning');
    expect(outcome.title).toMatch(/nobody can tell/i);
    expect(outcome.lines[0]).toMatch(/look at the query itself/i);
  });
});

describe('canCancel', () => {
  it('is over when the run is over or was asked already', () => {
    expect(canCancel(aRun())).toBe(true);
    expect(canCancel(aRun({ cancelRequestedBy: 'bob' }))).toBe(false);
    expect(canCancel(aRun({ state: 'failed' }))).toBe(false);
  });
});
