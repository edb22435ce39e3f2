import { type QueryBody } from './ast';
import { listKey } from './compareValues';
import { type SqlRow } from './SqlValue';

export type SetOperation = Extract<
  QueryBody,
  { kind: 'union' | 'except' | 'intersect' }
>;

/** UNION, EXCEPT and INTERSECT over rows of the same types. */
export function* combineRows(
  operation: Pick<SetOperation, 'kind' | 'all'>,
  left: () => Iterable<SqlRow>,
  right: () => Iterable<SqlRow>,
): Iterable<SqlRow> {
  if (operation.kind === 'union' && operation.all) {
    yield* left();
    yield* right();
    return;
  }
  const seen = new Set<string>();
  const isNew = (row: SqlRow) => {
    const key = listKey(row);
    const added = !seen.has(key);
    seen.add(key);
    return added;
  };
  if (operation.kind === 'union') {
    for (const side of [left, right]) {
      for (const row of side()) {
        if (isNew(row)) {
          yield row;
        }
      }
    }
    return;
  }
  const others = new Set([...right()].map(listKey));
  const wanted = operation.kind === 'intersect';
  for (const row of left()) {
    if (others.has(listKey(row)) === wanted && isNew(row)) {
      yield row;
    }
  }
}
