import { createFakeTrinoConnection } from './createFakeTrinoConnection';

describe('createFakeTrinoConnection', () => {
  it('answers what it is given', async () => {
    const fake = createFakeTrinoConnection({
      id: 'other',
      kill: async () => ({ outcome: 'killed' }),
    });
    expect(fake.id).toBe('other');
    expect(await fake.kill('a', 'b')).toEqual({ outcome: 'killed' });
    expect(await fake.listQueries()).toEqual([]);
  });

  it('rejects what the test gives no answer for', async () => {
    const fake = createFakeTrinoConnection();
    await expect(fake.query('SELECT 1')).rejects.toThrow("run 'SELECT 1'");
    await expect(fake.kill('a', 'b')).rejects.toThrow('kill a query');
    await expect(fake.capabilities()).rejects.toThrow('probe');
  });
});
