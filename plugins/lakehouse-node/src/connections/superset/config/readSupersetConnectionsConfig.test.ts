import { ConfigReader } from '@backstage/config';
import { readSupersetConnectionsConfig } from './readSupersetConnectionsConfig';

const read = (entry: object) =>
  readSupersetConnectionsConfig(
    new ConfigReader({
      lakehouse: {
        superset: {
          connections: [
            { id: 'bi', url: 'https://superset.example.com/', ...entry },
          ],
        },
      },
    }),
  );
const auth = { user: 'backstage', password: 'secret' };

describe('readSupersetConnectionsConfig', () => {
  it('fills in what is not told', () => {
    expect(read({ auth })).toEqual([
      expect.objectContaining({
        id: 'bi',
        title: 'bi',
        url: 'https://superset.example.com',
        auth: { type: 'password', provider: 'db', ...auth },
        databases: [],
        requestTimeoutMs: 30_000,
        chartTimeoutMs: 300_000,
        maxObjects: 5000,
      }),
    ]);
  });

  it('reads an API key and databases', () => {
    const databases = [
      { name: 'Lake', trino: 'analytics', catalog: 'iceberg' },
    ];
    expect(read({ auth: { apiKey: 'sst_1' }, databases })[0]).toMatchObject({
      auth: { type: 'api-key', apiKey: 'sst_1' },
      databases,
    });
  });

  it.each([
    [{ auth: { ...auth, provider: 'oauth' } }, /auth.provider is 'oauth'/],
    [{ auth: { ...auth, apiKey: 'x' } }, /apiKey besides user or password/],
    [{ auth: { user: 'x' } }, /auth.password/],
    [{}, /auth.user/],
    [
      {
        auth,
        databases: [
          { name: 'a', trino: 't' },
          { name: 'a', trino: 'u' },
        ],
      },
      /databases\[1\].name is 'a' a second time/,
    ],
    [{ auth, url: 'https://u:p@superset' }, /holds a user or password/],
    [{ auth, maxObjects: 0 }, /maxObjects is 0/],
  ])('refuses %j', (entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });
});
