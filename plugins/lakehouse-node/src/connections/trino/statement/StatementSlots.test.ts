import { StatementSlots } from './StatementSlots';

describe('StatementSlots', () => {
  const { signal } = new AbortController();

  it('lets 32 run, and the next when one is done, in turn', async () => {
    const slots = StatementSlots.create('analytics');
    const releases = await Promise.all(
      Array.from({ length: 32 }, () => slots.take(signal)),
    );
    const order: string[] = [];
    const first = slots.take(signal).then(() => order.push('first'));
    const second = slots.take(signal).then(() => order.push('second'));
    await Promise.resolve();
    expect(order).toEqual([]);
    releases[0]();
    await first;
    expect(order).toEqual(['first']);
    releases[1]();
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  it('lets a waiting one give up, without losing its slot', async () => {
    const slots = StatementSlots.create('analytics');
    const releases = await Promise.all(
      Array.from({ length: 32 }, () => slots.take(signal)),
    );
    const controller = new AbortController();
    const waiting = slots.take(controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    for (const release of releases) release();
    await Promise.all(Array.from({ length: 32 }, () => slots.take(signal)));
  });

  it('refuses more than may wait', async () => {
    const slots = StatementSlots.create('analytics');
    const taken = Array.from({ length: 32 + 256 }, () => slots.take(signal));
    await taken[31];
    await expect(slots.take(signal)).rejects.toMatchObject({
      name: 'TrinoLimitError',
      unit: 'statements',
    });
  });
});
