import type { TrinoInfo } from '../rest/readInfo';
import { CapabilityCache } from './CapabilityCache';

describe('CapabilityCache', () => {
  let info: TrinoInfo;
  const readInfo = jest.fn(async () => info);
  const probe = jest.fn(async ({ version, starting }: TrinoInfo) => ({
    probedAt: '2026-01-01T00:00:00Z',
    version,
    coordinator: true,
    starting,
    catalogs: [],
    capabilities: [],
  }));
  const create = () =>
    CapabilityCache.create({ ttlMs: 600_000, readInfo, probe });
  const pass = (ms: number) => jest.advanceTimersByTime(ms);

  beforeEach(() => {
    jest.clearAllMocks();
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    info = {
      version: '476',
      coordinator: true,
      starting: false,
      uptimeMs: 60_000,
    };
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('probes once, however many ask at the same time', async () => {
    const cache = create();
    expect(cache.last).toBeUndefined();
    const all = await Promise.all([cache.get(), cache.get(), cache.get()]);
    expect(new Set(all).size).toBe(1);
    expect(await cache.get()).toBe(all[0]);
    expect(cache.last).toBe(all[0]);
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('probes again when told, and when the probe is too old', async () => {
    const cache = create();
    await cache.get();
    await cache.get({ refresh: true });
    expect(probe).toHaveBeenCalledTimes(2);
    pass(600_000);
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(3);
  });

  it.each<[string, Partial<TrinoInfo>]>([
    ['was restarted', { uptimeMs: 5000 }],
    ['was upgraded', { version: '477', uptimeMs: 90_000 }],
  ])('probes again when the server %s', async (_name, change) => {
    const cache = create();
    await cache.get();
    pass(31_000);
    info = { ...info, uptimeMs: 91_000 };
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(1);
    pass(31_000);
    info = { ...info, ...change };
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it('does not keep what it learned of a server that was starting', async () => {
    info = { ...info, starting: true };
    const cache = create();
    expect(await cache.get()).toMatchObject({ starting: true });
    info = { ...info, starting: false };
    expect(await cache.get()).toMatchObject({ starting: false });
  });

  it('probes again after a refusal, but not after each of many', async () => {
    const cache = create();
    await cache.get();
    cache.doubt();
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(1);
    pass(60_000);
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(2);
    pass(60_000);
    await cache.get();
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it('keeps what it knows while the server does not answer', async () => {
    const cache = create();
    const first = await cache.get();
    pass(31_000);
    readInfo.mockRejectedValueOnce(new Error('down'));
    expect(await cache.get()).toBe(first);
  });

  it('fails when there is nothing to tell, and tries again the next time', async () => {
    const cache = create();
    readInfo.mockRejectedValueOnce(new Error('down'));
    await expect(cache.get()).rejects.toThrow('down');
    expect(await cache.get()).toMatchObject({ version: '476' });
  });
});
