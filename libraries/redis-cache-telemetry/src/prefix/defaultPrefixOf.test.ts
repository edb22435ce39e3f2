import { defaultPrefixOf } from './defaultPrefixOf';

describe('defaultPrefixOf', () => {
  it.each([
    ['shop:cart:17', 'shop:cart:'],
    ['shop:cart:17:lines', 'shop:cart:'],
    ['user:17:name', 'user:'],
    ['user:17', 'user:'],
    ['v1/users/a', 'v1/users/'],
    ['session', undefined],
    ['', undefined],
    [':x', ':'],
  ])('of %j is %j', (key, prefix) => {
    expect(defaultPrefixOf(key)).toBe(prefix);
  });
});
