import { mockRunbooksApi, queryTarget } from '../testUtils';
import { ALLOWANCE_TTL_MS, AllowanceStore } from './AllowanceStore';

const ask = (name: string) => ({
  runbookId: 'trino:kill-query',
  target: { ...queryTarget, name },
});

describe('AllowanceStore', () => {
  afterEach(() => jest.useRealTimers());

  it('sends what is asked within a tick in one call', async () => {
    const api = mockRunbooksApi();
    api.getAllowances.mockImplementation(async asks => ({
      items: asks.map(({ target }) =>
        target.name === 'b'
          ? { allowed: false, reason: 'no' }
          : { allowed: true },
      ),
    }));
    const store = AllowanceStore.for(api);
    const answers = await Promise.all(
      ['a', 'b', 'a'].map(name => store.ask(ask(name))),
    );
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true]);
    expect(api.getAllowances).toHaveBeenCalledTimes(1);
    expect(api.getAllowances.mock.calls[0][0]).toHaveLength(2);
  });

  it('asks for at most 100 at once', async () => {
    const api = mockRunbooksApi();
    const store = AllowanceStore.for(api);
    await Promise.all(
      Array.from({ length: 230 }, (_, n) => store.ask(ask(`q${n}`))),
    );
    expect(api.getAllowances.mock.calls.map(([asks]) => asks.length)).toEqual([
      100, 100, 30,
    ]);
  });

  it('uses an answer until it is too old', async () => {
    jest.useFakeTimers();
    const api = mockRunbooksApi();
    const store = AllowanceStore.for(api);
    const first = store.ask(ask('a'));
    await jest.advanceTimersByTimeAsync(1);
    await first;
    await store.ask(ask('a'));
    expect(api.getAllowances).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(ALLOWANCE_TTL_MS);
    const later = store.ask(ask('a'));
    await jest.advanceTimersByTimeAsync(1);
    await later;
    expect(api.getAllowances).toHaveBeenCalledTimes(2);
  });

  it('does not keep a failure', async () => {
    const api = mockRunbooksApi();
    api.getAllowances.mockRejectedValueOnce(new Error('down'));
    const store = AllowanceStore.for(api);
    await expect(store.ask(ask('a'))).rejects.toThrow('down');
    await expect(store.ask(ask('a'))).resolves.toEqual({ allowed: true });
  });

  it('rejects only what an answer leaves out', async () => {
    const api = mockRunbooksApi();
    api.getAllowances.mockResolvedValueOnce({ items: [{ allowed: true }] });
    const store = AllowanceStore.for(api);
    const answers = await Promise.allSettled([
      store.ask(ask('a')),
      store.ask(ask('b')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('is one for each api', () => {
    const api = mockRunbooksApi();
    expect(AllowanceStore.for(api)).toBe(AllowanceStore.for(api));
    expect(AllowanceStore.for(api)).not.toBe(
      AllowanceStore.for(mockRunbooksApi()),
    );
  });
});
