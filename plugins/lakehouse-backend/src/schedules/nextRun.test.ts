import { nextRun } from './nextRun';

const next = (crontab: string | undefined, now: string, timezone?: string) =>
  nextRun({ crontab, timezone, now: new Date(now) });

describe('nextRun', () => {
  it.each<[string, string, string, string | undefined, string]>([
    [
      'is in the zone of the schedule',
      '0 9 * * *',
      '2026-11-21T08:48:00Z',
      'Europe/Berlin',
      '2026-11-22T08:00:00.000Z',
    ],
    [
      'is in UTC without a zone',
      '0 9 * * *',
      '2026-11-21T08:48:00Z',
      undefined,
      '2026-11-21T09:00:00.000Z',
    ],
    [
      'is after now, never now',
      '0 9 * * *',
      '2026-11-21T09:00:00Z',
      'UTC',
      '2026-11-22T09:00:00.000Z',
    ],
    [
      'keeps its hour when the clocks go forward',
      '0 9 * * *',
      '2027-03-27T12:00:00Z',
      'Europe/Berlin',
      '2027-03-28T07:00:00.000Z',
    ],
    [
      'keeps its hour when the clocks go back',
      '0 9 * * *',
      '2026-10-24T12:00:00Z',
      'Europe/Berlin',
      '2026-10-25T08:00:00.000Z',
    ],
    [
      'is within the next hour where its own is skipped',
      '30 2 * * *',
      '2027-03-27T12:00:00Z',
      'Europe/Berlin',
      '2027-03-28T01:30:00.000Z',
    ],
    [
      'comes in both hours that have the same name',
      '0 * * * *',
      '2026-10-25T00:30:00Z',
      'Europe/Berlin',
      '2026-10-25T01:00:00.000Z',
    ],
    [
      'knows zones of odd minutes',
      '0 9 * * *',
      '2026-11-21T12:00:00Z',
      'Asia/Kathmandu',
      '2026-11-22T03:15:00.000Z',
    ],
    [
      'takes a day of the month or of the week',
      '0 0 13 * 5',
      '2026-12-05T00:00:00Z',
      'UTC',
      '2026-12-11T00:00:00.000Z',
    ],
    [
      'waits for a leap year',
      '0 0 29 2 *',
      '2026-11-21T12:00:00Z',
      'UTC',
      '2028-02-29T00:00:00.000Z',
    ],
    [
      'knows names in any case, and 7 as Sunday',
      '0 9 * jan Mon-fri',
      '2026-11-21T12:00:00Z',
      'UTC',
      '2027-01-01T09:00:00.000Z',
    ],
    [
      'knows macros',
      ' @Daily ',
      '2026-11-21T12:00:00Z',
      'America/New_York',
      '2026-11-22T05:00:00.000Z',
    ],
  ])('%s', (_name, crontab, now, timezone, at) => {
    expect(next(crontab, now, timezone)).toEqual({ at });
  });

  it.each<[string | undefined, string | undefined, RegExp]>([
    [undefined, 'UTC', /no schedule/],
    ['  ', 'UTC', /no schedule/],
    ['0 9', 'UTC', /'0 9' does not have 5 fields/],
    ['0 9 * * * *', 'UTC', /not have 5 fields/],
    ['61 * * * *', 'UTC', /'61 \* \* \* \*' is not understood: .*0-59/],
    ['0 0 30 2 *', 'UTC', /not understood/],
    ['H 9 * * *', 'UTC', /leaves the time open/],
    ['@reboot', 'UTC', /'@reboot' is not understood/],
    ['0 9 * * *', 'Nowhere/Land', /'Nowhere\/Land' is not known/],
    ['*'.repeat(300), 'UTC', /longer than 200/],
  ])('says why it is not told of %p in %s', (crontab, timezone, reason) => {
    const found = next(crontab, '2026-11-21T12:00:00Z', timezone);
    expect(found.at).toBeUndefined();
    expect(found.reason).toMatch(reason);
  });
});
