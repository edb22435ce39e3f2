import { type Accumulator } from './accumulators';
import { type Aggregate } from './aggregateFunctions';
import { listKey } from './compareValues';
import { type Compiled } from './Compiled';
import { type Sample } from './Relation';
import { type SqlRow, type SqlValue } from './SqlValue';

export interface GroupRowsOptions {
  input: Sample;
  keys: Compiled[];
  /** For each grouping set, which keys it groups by. */
  sets: boolean[][];
  aggregates: Aggregate[];
}

interface Group {
  keys: SqlRow;
  states: Accumulator[];
}

function scaled(value: SqlValue, scale: bigint): SqlValue {
  if (typeof value === 'bigint') {
    return value * scale;
  }
  if (typeof value === 'number') {
    return value * Number(scale);
  }
  return typeof value === 'object' && value.kind === 'decimal'
    ? { ...value, unscaled: value.unscaled * scale }
    : value;
}

/**
 * Groups rows once for each grouping set. A result row is the keys (NULL where
 * the set leaves one out), the set's number, then the aggregates.
 */
export function groupRows(options: GroupRowsOptions): SqlRow[] {
  const { input, keys, sets, aggregates } = options;
  const start = (values: SqlRow): Group => ({
    keys: values,
    states: aggregates.map(aggregate => aggregate.create()),
  });
  const groups = new Map<string, Group>();
  const groupOf = (values: SqlRow) => {
    const id = listKey(values);
    const group = groups.get(id) ?? start(values);
    groups.set(id, group);
    return group;
  };
  const masked = (values: SqlRow, set: number) => [
    ...values.map((value, i) => (sets[set][i] ? value : undefined)),
    BigInt(set),
  ];
  sets.forEach((mask, set) => {
    if (!mask.includes(true)) {
      groupOf(
        masked(
          keys.map(() => undefined),
          set,
        ),
      );
    }
  });
  for (const row of input.rows()) {
    const values = keys.map(key => key.evaluate(row));
    const args = aggregates.map(({ filter, args: given }) =>
      !filter || filter.evaluate(row) === true
        ? given.map(arg => arg.evaluate(row))
        : undefined,
    );
    for (let set = 0; set < sets.length; set++) {
      const { states } = groupOf(masked(values, set));
      args.forEach((given, i) => given && states[i].add(given));
    }
  }
  return [...groups.values()].map(group => [
    ...group.keys,
    ...group.states.map((state, i) =>
      aggregates[i].scales && input.scale > 1n
        ? scaled(state.result(), input.scale)
        : state.result(),
    ),
  ]);
}
