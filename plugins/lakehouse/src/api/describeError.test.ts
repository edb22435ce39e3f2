import { mockResponseError } from '../__testUtils__/mockLakehouse';
import { describeError } from './describeError';

describe('describeError', () => {
  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [500, 'failed'],
    [503, 'failed'],
  ])('reads %s as %s with the message of the backend', async (status, kind) => {
    expect(describeError(await mockResponseError(status, 'Do this.'))).toEqual({
      kind,
      message: 'Do this.',
    });
  });

  it('tells no answer from a bad one', () => {
    expect(describeError(new TypeError('Failed to fetch')).kind).toBe(
      'unreachable',
    );
    expect(describeError(new Error('odd'))).toEqual({
      kind: 'failed',
      message: 'odd',
    });
  });
});
