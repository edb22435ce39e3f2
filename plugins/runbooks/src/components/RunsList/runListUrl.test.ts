import {
  formatRunListUrl,
  parseRunListUrl,
  toRunFilter,
  type RunListView,
} from './runListUrl';

const view: RunListView = {
  states: ['running', 'failed'],
  runbookId: 'trino:kill-query',
  startedBy: 'olivia',
  target: 'a&b=c',
  entity: 'resource:default/gold-daily-sales',
  page: 2,
};

describe('the address of the list', () => {
  it('keeps all that it is given', () => {
    const address = formatRunListUrl(view).toString();
    expect(parseRunListUrl(new URLSearchParams(address))).toEqual(view);
  });

  it('is empty at rest', () => {
    const rest = parseRunListUrl(new URLSearchParams());
    expect(formatRunListUrl(rest).toString()).toBe('');
  });

  it.each(['0', '-1', '1.5', 'x', '1e9', ''])(
    'takes page %p for the first',
    page => {
      expect(parseRunListUrl(new URLSearchParams({ page })).page).toBe(0);
    },
  );

  it('leaves out states that there are not', () => {
    expect(
      parseRunListUrl(new URLSearchParams('state=gone&state=failed')).states,
    ).toEqual(['failed']);
  });
});

describe('toRunFilter', () => {
  it('asks for a page, and takes a bare name for a user', () => {
    expect(toRunFilter(view)).toEqual({
      states: ['running', 'failed'],
      runbookId: 'trino:kill-query',
      startedBy: 'user:default/olivia',
      target: 'a&b=c',
      entityRef: 'resource:default/gold-daily-sales',
      limit: 25,
      offset: 50,
    });
    expect(toRunFilter({ ...view, startedBy: 'user:ops/bob' }).startedBy).toBe(
      'user:ops/bob',
    );
  });

  it('does not narrow by what is empty', () => {
    expect(toRunFilter(parseRunListUrl(new URLSearchParams()))).toEqual({
      limit: 25,
      offset: 0,
    });
  });
});
