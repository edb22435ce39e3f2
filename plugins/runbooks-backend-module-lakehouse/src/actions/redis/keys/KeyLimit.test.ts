import { KeyLimit } from './KeyLimit';

describe('KeyLimit', () => {
  it('gives out no more than there is', async () => {
    const limit = KeyLimit.create(10);
    expect(await limit.take(6)).toBe(6);
    expect(await limit.take(6)).toBe(4);
    limit.settle(6, 6);
    limit.settle(4, 4);
    expect(await limit.take(1)).toBe(0);
  });

  it('lets others wait for what may be given back', async () => {
    const limit = KeyLimit.create(5);
    expect(await limit.take(5)).toBe(5);
    const waiting = limit.take(3);
    limit.settle(5, 3);
    expect(await waiting).toBe(2);
    limit.settle(2, 2);
    expect(await limit.take(1)).toBe(0);
  });
});
