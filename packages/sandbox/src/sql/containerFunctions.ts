import { valueKey } from './compareValues';
import { coerce } from './Compiled';
import { arrayOf, BIGINT, BOOLEAN, VARCHAR } from './SqlType';
import { type SqlValue } from './SqlValue';
import { type ScalarFunction, strict } from './strictFunction';

function lookUp(map: SqlValue, key: SqlValue): SqlValue {
  if (typeof map !== 'object' || map.kind !== 'map') {
    return undefined;
  }
  const wanted = valueKey(key);
  return map.entries.find(([k]) => valueKey(k) === wanted)?.[1];
}

/** `element_at`: missing keys and positions give NULL. */
const elementAt: ScalarFunction = ([base, index]) => {
  if (base?.type.kind === 'map' && index) {
    const key = coerce(index, base.type.key);
    return strict(base.type.value, [base, key], lookUp);
  }
  if (base?.type.kind === 'array' && index) {
    return strict(base.type.element, [base, index], (array, at) =>
      typeof array === 'object' && array.kind === 'array'
        ? array.items.at(Number(at) > 0 ? Number(at) - 1 : Number(at))
        : undefined,
    );
  }
  return undefined;
};

const cardinality: ScalarFunction = args => {
  const kind = args[0]?.type.kind;
  if (kind !== 'array' && kind !== 'map') {
    return undefined;
  }
  return strict(BIGINT, args, value => {
    if (typeof value !== 'object') {
      return undefined;
    }
    if (value.kind === 'array') {
      return BigInt(value.items.length);
    }
    return value.kind === 'map' ? BigInt(value.entries.length) : undefined;
  });
};

function mapPart(part: 0 | 1): ScalarFunction {
  return ([map]) =>
    map?.type.kind === 'map'
      ? strict(
          arrayOf(part === 0 ? map.type.key : map.type.value),
          [map],
          value =>
            typeof value === 'object' && value.kind === 'map'
              ? { kind: 'array', items: value.entries.map(e => e[part]) }
              : undefined,
        )
      : undefined;
}

const contains: ScalarFunction = ([array, item]) =>
  array?.type.kind === 'array' && item
    ? strict(
        BOOLEAN,
        [array, coerce(item, array.type.element)],
        (values, wanted) =>
          typeof values === 'object' && values.kind === 'array'
            ? values.items.some(v => valueKey(v) === valueKey(wanted))
            : undefined,
      )
    : undefined;

const arrayJoin: ScalarFunction = args =>
  args[0]?.type.kind === 'array' && args.length === 2
    ? strict(VARCHAR, args, (array, separator) =>
        typeof array === 'object' && array.kind === 'array'
          ? array.items
              .filter(item => item !== undefined)
              .map(String)
              .join(String(separator))
          : undefined,
      )
    : undefined;

const makeMap: ScalarFunction = ([keys, values]) =>
  keys?.type.kind === 'array' && values?.type.kind === 'array'
    ? strict(
        { kind: 'map', key: keys.type.element, value: values.type.element },
        [keys, values],
        (k, v) =>
          typeof k === 'object' &&
          k.kind === 'array' &&
          typeof v === 'object' &&
          v.kind === 'array'
            ? {
                kind: 'map',
                entries: k.items.map((key, i) => [key, v.items[i]]),
              }
            : undefined,
      )
    : undefined;

/** Functions over arrays and maps. */
export const containerFunctions: Record<string, ScalarFunction> = {
  element_at: elementAt,
  cardinality,
  map_keys: mapPart(0),
  map_values: mapPart(1),
  map: makeMap,
  contains,
  array_join: arrayJoin,
};
