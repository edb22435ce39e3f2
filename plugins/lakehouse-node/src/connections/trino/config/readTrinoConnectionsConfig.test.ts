import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readTrinoConnectionsConfig } from './readTrinoConnectionsConfig';

const read = (...connections: JsonObject[]) =>
  readTrinoConnectionsConfig(
    new ConfigReader({ lakehouse: { trino: { connections } } }),
  );
const plain = { id: 'a', url: 'http://trino:8080', user: 'ops' };
const secure = { id: 'a', url: 'https://trino', user: 'ops' };

describe('readTrinoConnectionsConfig', () => {
  it('needs an id, a url and a user, and fills in the rest', () => {
    expect(read(plain)).toEqual([
      {
        id: 'a',
        title: 'a',
        url: 'http://trino:8080',
        uiUrl: undefined,
        user: 'ops',
        source: 'lakehouse-ops',
        clientTags: [],
        auth: { type: 'none' },
        tls: {},
        advertisedOrigins: [],
        statementTimeoutMs: 300_000,
        requestTimeoutMs: 30_000,
        maxResponseBytes: 16_777_216,
        queryListMaxBytes: 33_554_432,
        capabilitiesTtlMs: 600_000,
        breaker: { failures: 5, reopenAfterMs: 5000 },
      },
    ]);
  });

  it('is empty without config', () => {
    expect(readTrinoConnectionsConfig(new ConfigReader({}))).toEqual([]);
  });

  it('reads all fields', () => {
    expect(
      read({
        ...secure,
        url: 'https://trino/',
        title: 'Analytics',
        uiUrl: 'https://trino/ui/',
        source: 'backstage',
        clientTags: ['ops', 'backstage'],
        auth: { type: 'jwt', tokenFile: '/token' },
        tls: {
          caFile: '/ca',
          certFile: '/cert',
          keyFile: '/key',
          serverName: 'coordinator',
        },
        advertisedOrigins: ['http://trino:8080/'],
        statementTimeout: { minutes: 1 },
        requestTimeout: '2s',
        maxResponseBytes: 1,
        queryListMaxBytes: 2,
        capabilitiesTtl: { hours: 1 },
        breaker: { failures: 3, reopenAfter: { seconds: 1 } },
      }),
    ).toEqual([
      {
        id: 'a',
        title: 'Analytics',
        url: 'https://trino',
        uiUrl: 'https://trino/ui/',
        user: 'ops',
        source: 'backstage',
        clientTags: ['ops', 'backstage'],
        auth: { type: 'jwt', token: undefined, tokenFile: '/token' },
        tls: {
          caFile: '/ca',
          certFile: '/cert',
          keyFile: '/key',
          serverName: 'coordinator',
        },
        advertisedOrigins: ['http://trino:8080'],
        statementTimeoutMs: 60_000,
        requestTimeoutMs: 2000,
        maxResponseBytes: 1,
        queryListMaxBytes: 2,
        capabilitiesTtlMs: 3_600_000,
        breaker: { failures: 3, reopenAfterMs: 1000 },
      },
    ]);
  });

  it('runs statements as the user of basic authentication unless told', () => {
    const auth = { type: 'basic', user: 'svc', password: 'x' };
    const { user: _, ...anonymous } = secure;
    expect(read({ ...anonymous, auth })[0].user).toBe('svc');
    expect(read({ ...secure, auth })[0].user).toBe('ops');
  });

  it.each<[string, JsonObject[], RegExp]>([
    ['an id twice', [plain, plain], /connections\[1\]\.id is 'a' a second/],
    ['no id', [{ url: 'http://x', user: 'u' }], /connections\[0\]\.id/],
    ['an odd id', [{ ...plain, id: 'a/b' }], /connections\[0\]\.id is 'a\/b'/],
    ['no url', [{ id: 'a', user: 'u' }], /connections\[0\]\.url/],
    ['a bad url', [{ ...plain, url: 'trino:8080' }], /\[0\]\.url is 'trino/],
    [
      'a password in the url',
      [{ ...plain, url: 'https://u:p@x' }],
      /\[0\]\.url holds a user or password/,
    ],
    ['a query in the url', [{ ...plain, url: 'http://x?a' }], /without \?/],
    ['no user', [{ id: 'a', url: 'http://x' }], /connections\[0\]\.user/],
    ['a user for no header', [{ ...plain, user: 'ü' }], /\[0\]\.user is 'ü'/],
    [
      'a comma in a tag',
      [{ ...plain, clientTags: ['a,b'] }],
      /clientTags\[0\] is 'a,b'/,
    ],
    [
      'an unknown kind of auth',
      [{ ...secure, auth: { type: 'kerberos' } }],
      /auth\.type is 'kerberos'/,
    ],
    [
      'a password over http',
      [{ ...plain, auth: { type: 'basic', user: 'u', password: 'p' } }],
      /auth\.type is 'basic', but .*\.url is not https/,
    ],
    [
      'a token over http',
      [{ ...plain, auth: { type: 'jwt', token: 't' } }],
      /auth\.type is 'jwt', but .*\.url is not https/,
    ],
    [
      'no password',
      [{ ...secure, auth: { type: 'basic', user: 'u' } }],
      /auth\.password/,
    ],
    [
      'a colon in the user',
      [{ ...secure, auth: { type: 'basic', user: 'u:v', password: 'p' } }],
      /auth\.user holds a colon/,
    ],
    [
      'no token',
      [{ ...secure, auth: { type: 'jwt' } }],
      /needs token or tokenFile/,
    ],
    [
      'no client certificate',
      [{ ...secure, auth: { type: 'certificate' } }],
      /certFile and keyFile/,
    ],
    [
      'half a client certificate',
      [{ ...secure, tls: { certFile: '/c' } }],
      /both certFile and keyFile/,
    ],
    [
      'an odd origin',
      [{ ...plain, advertisedOrigins: ['trino'] }],
      /advertisedOrigins\[0\] is 'trino'/,
    ],
    [
      'no time at all',
      [{ ...plain, statementTimeout: { seconds: 0 } }],
      /statementTimeout must be longer/,
    ],
    [
      'part of a byte',
      [{ ...plain, maxResponseBytes: 1.5 }],
      /maxResponseBytes is 1.5/,
    ],
    [
      'a breaker that never closes',
      [{ ...plain, breaker: { failures: 0 } }],
      /breaker\.failures is 0/,
    ],
  ])('refuses %s and names the field', (_name, connections, message) => {
    expect(() => read(...connections)).toThrow(message);
  });

  it('never repeats a secret in a message', () => {
    const auth = { type: 'basic', user: 'u', password: 'hush' };
    expect(() => read({ ...plain, auth })).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching('hush') }),
    );
  });
});
