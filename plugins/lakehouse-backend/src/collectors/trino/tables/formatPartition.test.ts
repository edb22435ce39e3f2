import { formatPartition } from './formatPartition';

describe('formatPartition', () => {
  it.each([
    [
      ['2026-11-20', 'AT'],
      'row("day" date, "country" varchar)',
      'day=2026-11-20/country=AT',
    ],
    [
      [1, null],
      'row(regionkey bigint, bucket integer)',
      'regionkey=1/bucket=null',
    ],
    [['a'], 'row("we""ird, (name" varchar(10))', 'we"ird, (name=a'],
    [[1.5, 2], 'row("price" decimal(10, 2), "n" integer)', 'price=1.5/n=2'],
    [{ day: 'x' }, '', 'day=x'],
    [['x', 'y'], 'varchar', 'x/y'],
    ['day=2026-11-20', 'varchar', 'day=2026-11-20'],
    [null, 'row("a" date)', ''],
  ])('writes %j of %s', (value, type, expected) => {
    expect(formatPartition(value, { name: 'partition', type })).toBe(expected);
  });
});
