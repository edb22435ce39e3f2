import { alertSubject } from '../__testUtils__/alertChanges';
import { describeEvent } from './describeEvent';

const step = (remaining: number, sentence = 'Half is gone.') =>
  describeEvent({
    kind: 'budget',
    sloId: 'a',
    atMs: 0,
    subject: alertSubject(),
    sentence,
    step: 0.25,
    remaining,
    action: 'Changes wait.',
  });

describe('a step of a budget policy', () => {
  it.each([
    [0.2, 'Fast queries: 20 % of the budget is left'],
    [0, 'Fast queries: nothing of the budget is left'],
    [-1.639, 'Fast queries: the budget is overdrawn by 163.9 %'],
  ])('with %d left', (remaining, summary) => {
    expect(step(remaining).summary).toBe(summary);
  });

  it('tells what was agreed, once', () => {
    expect(step(0.2).description).toBe(
      'Agreed at 25 % left: Changes wait. Half is gone.',
    );
    const sentence = 'Half is gone. Agreed at 25 % left: Changes wait.';
    expect(step(0.2, sentence).description).toBe(sentence);
  });
});
