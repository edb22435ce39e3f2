import {
  chartSpan,
  firstSpan,
  openSloPatch,
  readSloUrl,
  sloRange,
} from './sloUrl';

const now = new Date('2026-11-21T12:00:00.000Z');
const read = (search: string) => readSloUrl(new URLSearchParams(search));

describe('readSloUrl', () => {
  it('leaves open what is shown unless told', () => {
    expect(read('slo=a')).toEqual({
      slo: 'a',
      at: undefined,
      span: undefined,
      panel: undefined,
    });
  });

  it('shows the moment of a link, and what the reader chose after that', () => {
    expect(read('slo=a&at=2026-11-21T10:00:00Z').span).toBe('moment');
    expect(read('slo=a&at=2026-11-21T10:00:00Z&span=24h').span).toBe('24h');
  });

  it('leaves out what makes no sense', () => {
    expect(read('at=yesterday&span=toString&show=all')).toEqual({
      slo: undefined,
      at: undefined,
      span: undefined,
      panel: undefined,
    });
    expect(read('span=moment').span).toBeUndefined();
    expect(read('span=window').span).toBe('window');
  });
});

describe('firstSpan', () => {
  it.each([
    [undefined, 'window'],
    ['2026-11-21T06:00:00.000Z', '6h'],
    ['2026-11-21T05:59:00.000Z', '24h'],
    ['2026-11-15T12:00:00.000Z', '7d'],
    ['2026-11-01T12:00:00.000Z', 'window'],
  ])('holds all that was counted since %s: %s', (from, span) => {
    expect(firstSpan(from, now)).toBe(span);
  });
});

describe('sloRange', () => {
  it('asks for no part of the whole window', () => {
    expect(sloRange({ span: 'window' }, now)).toEqual({});
  });

  it('asks for the time round a moment, and for none that is still to come', () => {
    expect(
      sloRange({ span: 'moment', at: '2026-11-21T11:00:00.000Z' }, now),
    ).toEqual({
      from: '2026-11-21T05:00:00.000Z',
      to: '2026-11-21T12:00:00.000Z',
    });
    expect(
      sloRange({ span: 'moment', at: '2026-11-01T11:00:00.000Z' }, now).to,
    ).toBe('2026-11-01T13:00:00.000Z');
  });

  it('asks for a part that ends now', () => {
    expect(sloRange({ span: '6h' }, now)).toEqual({
      from: '2026-11-21T06:00:00.000Z',
    });
  });
});

it('closes what belongs to the SLO that was open', () => {
  expect(openSloPatch('b')).toEqual({
    slo: 'b',
    at: undefined,
    span: undefined,
    show: undefined,
  });
});

it('leaves room for the forecast on the axis of the whole window', () => {
  const shown = {
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-21T00:00:00.000Z',
    forecast: [{ at: '2026-11-23T00:00:00.000Z' }],
  };
  const slo = {
    windowFrom: '2026-10-22T00:00:00.000Z',
    windowTo: '2026-11-21T00:00:00.000Z',
  };
  expect(chartSpan(slo, shown, true)).toEqual({
    fromMs: Date.parse(slo.windowFrom),
    toMs: Date.parse(shown.forecast[0].at),
  });
  expect(chartSpan(slo, shown, false).fromMs).toBe(Date.parse(shown.from));
});
