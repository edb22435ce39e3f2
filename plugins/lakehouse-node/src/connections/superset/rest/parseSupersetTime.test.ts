import { parseSupersetTime } from './parseSupersetTime';

describe('parseSupersetTime', () => {
  it.each([
    ['2026-11-21T08:16:27', '2026-11-21T08:16:27.000Z'],
    ['2026-11-21T08:17:00.119007', '2026-11-21T08:17:00.119Z'],
    ['2026-11-21 08:17', '2026-11-21T08:17:00.000Z'],
    ['2026-11-21T08:16:27+00:00', '2026-11-21T08:16:27.000Z'],
    ['2026-11-21T10:16:27.118000+0200', '2026-11-21T08:16:27.118Z'],
  ])('reads %s as UTC unless it has a zone', (text, iso) => {
    expect(parseSupersetTime(text)).toBe(iso);
  });

  it.each([undefined, null, '', 'never'])('reads %j as nothing', text => {
    expect(parseSupersetTime(text)).toBeUndefined();
  });
});
