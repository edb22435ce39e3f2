import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readRedisConnectionsConfig } from './readRedisConnectionsConfig';

const read = (...connections: JsonObject[]) =>
  readRedisConnectionsConfig(
    new ConfigReader({ lakehouse: { redis: { connections } } }),
  );
const plain = { id: 'a', url: 'redis://cache:6380' };

describe('readRedisConnectionsConfig', () => {
  it('needs an id and a server, and fills in the rest', () => {
    expect(read(plain)).toEqual([
      {
        id: 'a',
        title: 'a',
        uiUrl: undefined,
        servers: {
          mode: 'standalone',
          address: { host: 'cache', port: 6380 },
        },
        auth: {},
        tls: undefined,
        database: 0,
        addresses: new Map(),
        prefixes: [],
        separators: [':', '/'],
        trinoSource: undefined,
        connectTimeoutMs: 5000,
        commandTimeoutMs: 5000,
        maxReplyBytes: 8_388_608,
        capabilitiesTtlMs: 600_000,
        reconnectAfterMs: 1000,
      },
    ]);
  });

  it('is empty without config', () => {
    expect(readRedisConnectionsConfig(new ConfigReader({}))).toEqual([]);
  });

  it('reads all fields', () => {
    expect(
      read({
        id: 'a',
        title: 'Cache',
        uiUrl: 'https://insight/',
        sentinel: {
          name: 'mymaster',
          nodes: ['s1', 's2:5000', '[::1]:5001'],
          auth: { user: 'watcher', passwordFile: '/sentinel' },
          tls: false,
        },
        auth: { user: 'ops', password: 'secret' },
        tls: { caFile: '/ca' },
        database: 3,
        addresses: [{ told: '10.0.0.1:6379', reached: 'proxy:7001' }],
        prefixes: ['b:', 'b:'],
        separators: ['|'],
        trinoSource: { connection: 'analytics', source: 'api' },
        connectTimeout: '1s',
        commandTimeout: { seconds: 2 },
        maxReplyBytes: 1,
        capabilitiesTtl: { hours: 1 },
        reconnectAfter: { seconds: 3 },
      }),
    ).toEqual([
      {
        id: 'a',
        title: 'Cache',
        uiUrl: 'https://insight/',
        servers: {
          mode: 'sentinel',
          name: 'mymaster',
          sentinels: [
            { host: 's1', port: 26_379 },
            { host: 's2', port: 5000 },
            { host: '::1', port: 5001 },
          ],
          auth: { user: 'watcher', passwordFile: '/sentinel' },
          tls: false,
        },
        auth: { user: 'ops', password: 'secret' },
        tls: { caFile: '/ca' },
        database: 3,
        addresses: new Map([['10.0.0.1:6379', { host: 'proxy', port: 7001 }]]),
        prefixes: ['b:'],
        separators: ['|'],
        trinoSource: { connection: 'analytics', source: 'api' },
        connectTimeoutMs: 1000,
        commandTimeoutMs: 2000,
        maxReplyBytes: 1,
        capabilitiesTtlMs: 3_600_000,
        reconnectAfterMs: 3000,
      },
    ]);
  });

  it('speaks TLS when the url or tls asks for it', () => {
    const tlsOf = (entry: JsonObject) => read({ id: 'a', ...entry })[0].tls;
    expect(tlsOf({ url: 'rediss://x' })).toEqual({});
    expect(tlsOf({ cluster: { nodes: ['x'] }, tls: {} })).toEqual({});
    expect(tlsOf({ cluster: { nodes: ['x'] } })).toBeUndefined();
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no server', { id: 'a' }, /connections\[0\] has none of url, sentinel/],
    [
      'two kinds of servers',
      { ...plain, cluster: { nodes: ['x'] } },
      /has url and cluster/,
    ],
    ['a url of another kind', { id: 'a', url: 'http://x' }, /\.url is 'http/],
    [
      'a database in the url',
      { id: 'a', url: 'redis://x/3' },
      /the database stands in database/,
    ],
    [
      'a password in the url',
      { id: 'a', url: 'redis://:p@x' },
      /\.url holds a user or password/,
    ],
    ['a port out of range', { id: 'a', url: 'redis://x:99999' }, /\.url is/],
    [
      'a node that is no address',
      { id: 'a', cluster: { nodes: ['x', 'a b'] } },
      /cluster\.nodes\[1\] is 'a b'/,
    ],
    ['no nodes', { id: 'a', cluster: { nodes: [] } }, /1 to 64 servers/],
    [
      'a database of a cluster',
      { id: 'a', cluster: { nodes: ['x'] }, database: 1 },
      /a cluster has database 0 only/,
    ],
    ['half a database', { ...plain, database: 0.5 }, /\.database is 0\.5/],
    [
      'a password twice',
      { ...plain, auth: { password: 'a', passwordFile: 'b' } },
      /auth has both/,
    ],
    ['a user alone', { ...plain, auth: { user: 'a' } }, /needs password/],
    ['an empty prefix', { ...plain, prefixes: [''] }, /prefixes\[0\]/],
    [
      'too many prefixes',
      { ...plain, prefixes: Array.from({ length: 201 }, (_, n) => `p${n}`) },
      /prefixes has 201 texts/,
    ],
    [
      'half a client certificate',
      { ...plain, tls: { certFile: '/c' } },
      /both certFile and keyFile/,
    ],
  ])('refuses %s', (_, entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });
});
