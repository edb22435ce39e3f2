import { kindAndName } from './kindAndName';

describe('kindAndName', () => {
  it.each([
    ['cache', 'Cache of the services', 'Cache of the services'],
    ['cache', 'cache:users:', 'cache:users:'],
    ['cache', ' CACHE', ' CACHE'],
    ['cache', 'Cached answers', 'cache Cached answers'],
    ['cache', 'Sessions cache', 'cache Sessions cache'],
    ['dashboard', 'Dashboard Sales', 'Dashboard Sales'],
    ['dashboard', 'Sales', 'dashboard Sales'],
    ['cluster', 'cluster-a', 'cluster-a'],
    ['table', '', 'table '],
  ])('of %s and "%s" makes "%s"', (kind, name, text) => {
    expect(kindAndName(kind, name)).toBe(text);
  });
});
