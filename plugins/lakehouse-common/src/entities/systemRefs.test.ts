import {
  parseCacheRef,
  parseDashboardRef,
  parseWorkloadsRef,
} from './systemRefs';

describe('references to caches, dashboards and workloads', () => {
  it('reads caches, whose prefixes may hold slashes', () => {
    expect(parseCacheRef('sessions')).toEqual({ connection: 'sessions' });
    expect(parseCacheRef(' main/api:/v1/ ')).toEqual({
      connection: 'main',
      prefix: 'api:/v1/',
    });
    expect(() => parseCacheRef('/api:')).toThrow(/does not name a cache/);
  });

  it('reads dashboards', () => {
    expect(parseDashboardRef('bi/12')).toEqual({ connection: 'bi', id: '12' });
    for (const bad of ['bi', 'bi/', '/12', 'bi/1/2']) {
      expect(() => parseDashboardRef(bad)).toThrow(/<connection>\/<id or uuid/);
    }
  });

  it('reads workloads, whose selectors may hold slashes', () => {
    expect(parseWorkloadsRef('prod')).toEqual({ connection: 'prod' });
    expect(parseWorkloadsRef('prod/trino')).toEqual({
      connection: 'prod',
      namespace: 'trino',
    });
    expect(
      parseWorkloadsRef('prod/trino/app.kubernetes.io/name=trino'),
    ).toEqual({
      connection: 'prod',
      namespace: 'trino',
      selector: 'app.kubernetes.io/name=trino',
    });
    expect(() => parseWorkloadsRef('')).toThrow(/does not name workloads/);
  });
});
