import { createTestConfig } from '../../../testing/createTestConfig';
import { resolveNextUri } from './resolveNextUri';

describe('resolveNextUri', () => {
  it.each([
    [
      'http://trino:8080',
      'http://trino:8080/v1/statement/x/1',
      '/v1/statement/x/1',
    ],
    ['http://trino:80', 'http://trino/v1/x?a=b', '/v1/x?a=b'],
    ['https://trino', 'https://TRINO:443/v1/x', '/v1/x'],
    ['https://proxy/trino', 'https://proxy/trino/v1/x', '/v1/x'],
    ['https://proxy/trino', 'https://proxy/v1/x', '/v1/x'],
    ['https://proxy', 'http://inside:8080/v1/x', '/v1/x'],
  ])('at %s takes %s as %s', (url, nextUri, path) => {
    const config = createTestConfig({
      url,
      advertisedOrigins: ['http://inside:8080'],
    });
    expect(resolveNextUri(config, nextUri)).toBe(path);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://trino:8081/v1/x',
    'https://trino:8080/v1/x',
    'http://trino.evil:8080/v1/x',
    'http://trino:8080@evil/v1/x',
    'http://user:password@trino:8080/v1/x',
    '//trino:8080/v1/x',
    '/v1/x',
    'file:///etc/passwd',
    'data:,x',
    '',
  ])('refuses %j', nextUri => {
    const config = createTestConfig({ url: 'http://trino:8080' });
    expect(() => resolveNextUri(config, nextUri)).toThrow(
      'which is not its own address',
    );
  });
});
