import { matchesCrontab } from './matchesCrontab';
import { readRison } from './readRison';
import { SupersetAlerts } from './SupersetAlerts';
import { SupersetCache } from './SupersetCache';
import { seedAlerts } from './supersetSeed';

const NOW_MS = Date.parse('2026-03-04T09:00:30Z');
const MINUTE_MS = 60_000;

describe('readRison', () => {
  it.each([
    ['(a:1,b:x)', { a: 1, b: 'x' }],
    [
      "(a:'it!'s !! here',b:!t,c:!f,d:!n)",
      { a: "it's ! here", b: true, c: false, d: null },
    ],
    [
      '(columns:!(id,owners.first_name),filters:!((col:dashboards,opr:rel_m_m,value:3)))',
      {
        columns: ['id', 'owners.first_name'],
        filters: [{ col: 'dashboards', opr: 'rel_m_m', value: 3 }],
      },
    ],
    ['(a:!(),b:())', { a: [], b: {} }],
  ])('reads %s', (text, value) => {
    expect(readRison(text)).toEqual(value);
  });

  it.each(['(a:1', 'a:1)', '(a)', "('x", '!x'])('refuses %s', text => {
    expect(() => readRison(text)).toThrow(/is no rison/);
  });
});

describe('matchesCrontab', () => {
  const at = new Date('2026-03-04T09:30:00Z');

  it.each([
    ['* * * * *', true],
    ['30 9 * * *', true],
    ['*/15 * * * *', true],
    ['*/20 * * * *', false],
    ['0-29 * * * *', false],
    ['0,30 9-17 * * 1-5', true],
    ['30 9 4 3 3', true],
    ['30 9 5 3 *', false],
  ])('%s', (crontab, due) => {
    expect(matchesCrontab(crontab, at)).toBe(due);
  });
});

describe('SupersetAlerts', () => {
  const open = () => {
    const alerts = SupersetAlerts.create({
      alerts: seedAlerts(NOW_MS),
      nowMs: NOW_MS,
    });
    const find = (id: number) => {
      const alert = alerts.get(id);
      if (!alert) throw new Error(`There is no alert ${id}.`);
      return alert;
    };
    const statesOf = (id: number) =>
      alerts.log.filter(row => row.alertId === id).map(row => row.state);
    return { alerts, find, statesOf };
  };

  it('runs each alert by its schedule, and logs each state it goes through', () => {
    const { alerts, statesOf } = open();
    alerts.advance(NOW_MS);
    expect(alerts.log).toEqual([]);
    alerts.advance(NOW_MS + 2 * MINUTE_MS);
    expect(statesOf(1)).toEqual(['Working', 'Success', 'Working', 'Success']);
    expect(statesOf(3)).toEqual([
      ...['Working', 'Error', 'Error'],
      ...['Working', 'Error', 'Error'],
    ]);
    expect(statesOf(4)).toEqual(['Working', 'Success', 'On Grace']);
    expect(statesOf(7)).toEqual([]);
    expect(statesOf(8)).toEqual([]);
  });

  it('refuses another run while one is Working, and ends it after its time-out', () => {
    const { alerts, find } = open();
    find(5).workingTimeoutSeconds = 120;
    alerts.advance(NOW_MS + 3 * MINUTE_MS);
    expect(find(5).lastState).toBe('Working');
    alerts.advance(NOW_MS + 4 * MINUTE_MS);
    expect(find(5).lastState).toBe('Error');
  });
});

describe('SupersetCache', () => {
  const fill = (cache: SupersetCache, key: string, keepSeconds: number) =>
    cache.set(key, { datasetUid: '1__table', nowMs: 0, keepSeconds });

  it('stops to delete at a listed key that is gone, and forgets all of them', () => {
    const cache = SupersetCache.create();
    fill(cache, 'a', 100);
    fill(cache, 'gone', 1);
    fill(cache, 'b', 100);
    cache.invalidate(['1__table'], 5000);
    expect(cache.get('a', 5000)).toBeUndefined();
    expect(cache.get('b', 5000)).toBeDefined();
    cache.invalidate(['1__table'], 5000);
    expect(cache.get('b', 5000)).toBeDefined();
  });

  it('deletes nothing when its two caches have prefixes of their own', () => {
    const cache = SupersetCache.create();
    cache.split = true;
    fill(cache, 'a', 100);
    cache.invalidate(['1__table'], 0);
    expect(cache.get('a', 0)).toBeDefined();
  });
});
