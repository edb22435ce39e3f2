import { literalPrefix } from './keyPattern';

describe('key patterns', () => {
  it.each([
    ['personal-api:*', 'personal-api:'],
    ['*', ''],
    ['?ser:*', ''],
    ['[ab]:*', ''],
    ['user:1', 'user:1'],
    ['odd\\*name:*', 'odd*name:'],
    ['a\\\\b*', 'a\\b'],
    ['ends-in-escape\\', 'ends-in-escape\\'],
  ])('knows that %s begins with %j', (pattern, prefix) => {
    expect(literalPrefix(pattern)).toBe(prefix);
  });
});
