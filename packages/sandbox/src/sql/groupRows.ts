import { addValues } from './accumulators';
import { type Aggregate } from './aggregateFunctions';
import { listKey } from './compareValues';
import { type Compiled } from './Compiled';
import { type Sample } from './Relation';
import { type SqlRow, type SqlValue } from './SqlValue';

function scaled(value: SqlValue, scale: bigint): SqlValue {
  if (typeof value === 'bigint') {
    return value * scale;
  }
  if (typeof value === 'number') {
    return value * Number(scale);
  }
  return typeof value === 'object' && value.kind === 'decimal'
    ? { ...value, unscaled: value.unscaled * scale }
    : addValues(value, value);
}

/** Groups rows by their keys: each result row is the keys, then the aggregates. */
export function groupRows(
  input: Sample,
  keys: Compiled[],
  aggregates: Aggregate[],
): SqlRow[] {
  const start = () => aggregates.map(aggregate => aggregate.create());
  const groups = new Map<
    string,
    { keys: SqlRow; states: ReturnType<typeof start> }
  >();
  if (keys.length === 0) {
    groups.set(listKey([]), { keys: [], states: start() });
  }
  for (const row of input.rows()) {
    const values = keys.map(key => key.evaluate(row));
    const id = listKey(values);
    const group = groups.get(id) ?? { keys: values, states: start() };
    groups.set(id, group);
    aggregates.forEach((aggregate, i) => {
      if (!aggregate.filter || aggregate.filter.evaluate(row) === true) {
        group.states[i].add(aggregate.args.map(arg => arg.evaluate(row)));
      }
    });
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
