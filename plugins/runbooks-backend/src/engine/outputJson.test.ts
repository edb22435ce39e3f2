import { z } from 'zod';
import { FakeWorld, fakeAction } from '../__testUtils__/fakeAction';
import { outputJson } from './outputJson';

const action = {
  ...fakeAction(new FakeWorld()),
  schema: {
    input: z.object({}),
    output: z.object({
      keys: z.number(),
      sizeBytes: z.number().optional(),
      seen: z.object({ at: z.string().optional() }).optional(),
    }),
  },
};

describe('outputJson', () => {
  it('leaves out what an action leaves undefined', () => {
    const output = { keys: 0, sizeBytes: undefined, seen: { at: undefined } };
    expect(outputJson(action, output)).toStrictEqual({ keys: 0, seen: {} });
  });

  it('refuses what the schema does not allow', () => {
    expect(() => outputJson(action, { keys: 'none' })).toThrow(/keys/);
  });
});
