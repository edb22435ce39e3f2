import { connectionErrors } from './errors';
import { RefusalWatch } from './RefusalWatch';

const errors = connectionErrors('Redis');
const refusal = (status: 401 | 403) =>
  errors.denied({ connection: 'c', status, reason: 'no', remedy: 'ask' });

describe('RefusalWatch', () => {
  it('keeps a 401 until something succeeds, and doubts rights at each refusal', async () => {
    const doubt = jest.fn();
    const watch = RefusalWatch.create(doubt);
    await expect(
      watch.over(async () => {
        throw refusal(401);
      }),
    ).rejects.toThrow('was refused');
    expect(watch.lastError?.status).toBe(401);
    await expect(
      watch.over(async () => {
        throw refusal(403);
      }),
    ).rejects.toThrow('was refused');
    expect(watch.lastError?.status).toBe(401);
    expect(doubt).toHaveBeenCalledTimes(2);
    expect(await watch.over(async () => 1)).toBe(1);
    expect(watch.lastError).toBeUndefined();
  });

  it('leaves other errors alone', async () => {
    const doubt = jest.fn();
    const watch = RefusalWatch.create(doubt);
    await expect(
      watch.over(async () => {
        throw new Error('away');
      }),
    ).rejects.toThrow('away');
    expect(doubt).not.toHaveBeenCalled();
  });
});
