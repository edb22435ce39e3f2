import { entityFilterWords, triggerWords } from './triggerWords';

describe('triggerWords', () => {
  it.each([
    [
      { slo: { indicator: 'cache-hit-ratio' } },
      'Is suggested when an SLO of cache-hit-ratio fires.',
    ],
    [
      { slo: { name: 'hits', severity: 'page' }, start: { parameters: {} } },
      'Starts by itself when an SLO "hits" fires with severity page, as user:default/olivia.',
    ],
    [{ slo: {} }, 'Is suggested when an SLO of any kind fires.'],
    [
      { condition: { system: 'trino', name: 'connection-lost' } },
      'Is suggested when trino says connection-lost.',
    ],
    [
      {
        cron: { expression: '0 3 * * *', timeZone: 'UTC' },
        start: { parameters: {} },
      },
      'Starts by itself at 0 3 * * * (UTC), as user:default/olivia.',
    ],
  ])('says %j', (trigger, words) => {
    expect(triggerWords(trigger, 'user:default/olivia')).toBe(words);
  });

  it('says which entities it is for', () => {
    expect(
      entityFilterWords({ kind: 'Resource', type: 'cache', annotation: 'a/b' }),
    ).toBe('Resource of type cache with a/b');
    expect(entityFilterWords({ annotation: 'a/b' })).toBe(
      'Any entity with a/b',
    );
  });
});
