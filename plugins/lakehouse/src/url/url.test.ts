import {
  isEmptyFilter,
  queryFilterPatch,
  readQueryListState,
  withFixedFilter,
} from './queryListState';
import { readTableListState } from './tableListState';
import { readTimeRange, resolveTimeRange, timeRangePatch } from './timeRange';
import { applyUrlPatch } from './useUrlState';

const params = (text: string) => new URLSearchParams(text);

describe('the list of queries in the URL', () => {
  it('has defaults', () => {
    const state = readQueryListState(params(''));
    expect(state).toEqual({
      filter: {},
      sort: 'createdAt',
      order: 'desc',
      page: 0,
    });
    expect(isEmptyFilter(state.filter)).toBe(true);
  });

  it('survives the way to the URL and back', () => {
    const filter = {
      states: ['RUNNING', 'QUEUED'],
      user: 'alice & bob',
      table: 'lake.gold."we""ird"',
      minWallMs: 1_000,
      maxWallMs: 3_000,
      text: 'select 1',
    } as const;
    const after = applyUrlPatch(
      params('view=queries&page=4'),
      queryFilterPatch(filter),
    );
    expect(readQueryListState(params(after.toString())).filter).toEqual(filter);
    expect(after.get('view')).toBe('queries');
    expect(after.get('page')).toBeNull();
  });

  it('leaves out what makes no sense', () => {
    const state = readQueryListState(
      params(
        'state=DANCING&sort=colour&order=up&page=-3&min=soon&max=&user=%20',
      ),
    );
    expect(state).toEqual({
      filter: {},
      sort: 'createdAt',
      order: 'desc',
      page: 0,
    });
  });

  it('does not let the URL leave what the entity dictates', () => {
    expect(
      withFixedFilter(
        { source: 'mine', user: 'bob' },
        { source: 'personal-api' },
      ),
    ).toEqual({ source: 'personal-api', user: 'bob' });
  });
});

describe('the list of tables in the URL', () => {
  it('is worst first unless told', () => {
    expect(readTableListState(params('status=purple&page=x'))).toEqual({
      text: undefined,
      status: undefined,
      sort: 'score',
      order: 'asc',
      page: 0,
    });
    expect(
      readTableListState(params('status=at-risk&sort=name&order=desc&page=3')),
    ).toEqual({
      text: undefined,
      status: 'at-risk',
      sort: 'name',
      order: 'desc',
      page: 2,
    });
  });
});

describe('the time range in the URL', () => {
  const now = new Date('2026-11-21T10:00:00.000Z');

  it('ends now unless it is fixed', () => {
    expect(resolveTimeRange(readTimeRange(params('range=6h')), now)).toEqual({
      from: '2026-11-21T04:00:00.000Z',
      to: '2026-11-21T10:00:00.000Z',
    });
    const fixed = readTimeRange(
      params('range=6h&from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z'),
    );
    expect(resolveTimeRange(fixed, now)).toEqual({
      from: '2026-11-20T10:00:00.000Z',
      to: '2026-11-20T11:00:00.000Z',
    });
  });

  it.each([
    'range=toString',
    'from=2026-11-20T10:00:00Z',
    'from=2026-11-20T10:00:00Z&to=2026-11-20T09:00:00Z',
    'from=yesterday&to=today',
  ])('falls back to the last hour for %s', text => {
    expect(readTimeRange(params(text))).toEqual({ kind: 'recent', name: '1h' });
  });

  it('replaces one kind of range by the other', () => {
    const fixed = applyUrlPatch(
      params('range=6h&user=bob'),
      timeRangePatch({ kind: 'fixed', from: 'a', to: 'b' }),
    );
    expect(fixed.toString()).toBe('user=bob&from=a&to=b');
    const recent = applyUrlPatch(
      fixed,
      timeRangePatch({ kind: 'recent', name: '1h' }),
    );
    expect(recent.toString()).toBe('user=bob');
  });
});
