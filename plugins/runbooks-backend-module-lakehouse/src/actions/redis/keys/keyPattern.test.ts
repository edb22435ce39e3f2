import { literalPrefix, patternOfPrefix } from './keyPattern';

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

  it('makes a pattern of a prefix, which then is its literal prefix', () => {
    expect(patternOfPrefix('api:[v1]*?^\\')).toBe('api:\\[v1\\]\\*\\?\\^\\\\*');
    for (const prefix of ['api:', 'a*b?c', '[x]', '\\', 'ü:^']) {
      expect(literalPrefix(patternOfPrefix(prefix))).toBe(prefix);
    }
  });
});
