import { mergeRows } from './mergeRows';

const row = (id: string, value = 0) => ({ id, value });
const merge = (options: {
  before?: ReturnType<typeof row>[];
  rows: ReturnType<typeof row>[];
  pinned?: string[];
  hold?: boolean;
}) =>
  mergeRows({
    before: options.before,
    rows: options.rows,
    idOf: ({ id }) => id,
    pinnedIds: new Set(options.pinned),
    hold: options.hold ?? false,
  });

describe('mergeRows', () => {
  it('shows what came in when nothing holds it', () => {
    const rows = [row('b'), row('a')];
    expect(merge({ before: [row('a')], rows }).rows).toEqual(rows);
    expect(merge({ rows, hold: true }).rows).toEqual(rows);
  });

  it('keeps places under the pointer, with new values', () => {
    const { rows, waiting, goneIds } = merge({
      before: [row('a', 1), row('b', 1), row('c', 1)],
      rows: [row('new', 2), row('b', 2), row('a', 2)],
      pinned: ['c'],
      hold: true,
    });
    expect(rows).toEqual([row('a', 2), row('b', 2), row('c', 1)]);
    expect(waiting).toBe(1);
    expect([...goneIds]).toEqual(['c']);
  });

  it('keeps a row that somebody acted on at its place', () => {
    const { rows, goneIds } = merge({
      before: [row('a'), row('b'), row('c')],
      rows: [row('c'), row('d')],
      pinned: ['b', 'c'],
    });
    expect(rows.map(({ id }) => id)).toEqual(['c', 'b', 'd']);
    expect([...goneIds]).toEqual(['b']);
  });
});
