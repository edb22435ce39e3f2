import { type OrderItem } from './ast';
import { compareValues } from './compareValues';
import { type SqlRow } from './SqlValue';

/** Sorts by keys; NULLs are last unless asked for first. */
export function compareKeys(items: OrderItem[], a: SqlRow, b: SqlRow): number {
  for (let i = 0; i < items.length; i++) {
    const { descending, nullsFirst } = items[i];
    const blank = Number(a[i] === undefined) - Number(b[i] === undefined);
    if (blank !== 0) {
      return nullsFirst ? -blank : blank;
    }
    const order = compareValues(a[i], b[i]);
    if (order !== 0) {
      return descending ? -order : order;
    }
  }
  return 0;
}
