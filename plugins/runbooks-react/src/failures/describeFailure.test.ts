import { aResponseError } from '../testUtils';
import { describeFailure } from './describeFailure';

describe('describeFailure', () => {
  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [409, 'conflict'],
    [400, 'invalid'],
    [503, 'server'],
  ])('tells a %i apart', async (status, kind) => {
    const thrown = await aResponseError(status, 'what the server says');
    expect(describeFailure(thrown)).toEqual({
      kind,
      message: 'what the server says',
    });
  });

  it('takes what carries no status for no answer', () => {
    expect(describeFailure(new TypeError('Failed to fetch'))).toEqual({
      kind: 'unreachable',
      message: expect.stringContaining('Failed to fetch'),
    });
    expect(describeFailure('odd').kind).toBe('unreachable');
  });
});
