import { isUnfiltered, readSloListState, sloListRequest } from './sloListState';

const read = (search: string) => readSloListState(new URLSearchParams(search));

it('asks for the page, filters and groups of the URL', () => {
  expect(
    sloListRequest(
      read('status=at-risk&owner=group:default/a&text=api&group=owner&page=3'),
    ),
  ).toEqual({
    status: 'at-risk',
    owner: 'group:default/a',
    system: undefined,
    search: 'api',
    groupBy: 'owner',
    limit: 50,
    offset: 100,
  });
});

it('leaves out what makes no sense', () => {
  const state = read('status=fine&group=colour&page=-4&owner=%20');
  expect(state).toEqual({
    status: undefined,
    owner: undefined,
    system: undefined,
    text: undefined,
    group: undefined,
    page: 0,
  });
  expect(isUnfiltered(state)).toBe(true);
  expect(read('page=many').page).toBe(0);
});
