import { LastKnown } from './LastKnown';

describe('LastKnown', () => {
  it('gives the last answer with its age while reading fails', async () => {
    const known = new LastKnown<number>({ maxEntries: 2 });
    const failing = () => Promise.reject(new Error('database is locked'));
    await expect(known.read('a', failing)).rejects.toThrow(
      /no earlier answer to show/,
    );
    expect(await known.read('a', async () => 1)).toEqual({ value: 1 });
    const first = await known.read('a', failing);
    expect(first).toMatchObject({
      value: 1,
      stale: { error: expect.any(Error) },
    });
    const second = await known.read('a', failing);
    expect(second.stale?.since).toBe(first.stale?.since);
    expect(await known.read('a', async () => 2)).toEqual({ value: 2 });
  });

  it('forgets the answer that was not asked for longest', async () => {
    const known = new LastKnown<number>({ maxEntries: 2 });
    for (const key of ['a', 'b', 'a', 'c'])
      await known.read(key, async () => 1);
    const failing = () => Promise.reject(new Error('gone'));
    await expect(known.read('b', failing)).rejects.toThrow();
    expect((await known.read('a', failing)).value).toBe(1);
  });
});
