import {
  type Accumulator,
  addValues,
  bestBy,
  countDistinct,
  countWhere,
  fold,
  gather,
  percentiles,
} from './accumulators';
import { compareValues } from './compareValues';
import { coerce, type Compiled } from './Compiled';
import { decimalToNumber, divideRounded, rescale } from './decimal';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  isInteger,
  isNumeric,
  mapOf,
  type SqlType,
} from './SqlType';
import { type SqlValue } from './SqlValue';

export interface Aggregate {
  type: SqlType;
  args: Compiled[];
  /** Rows for which this isn't true are left out. */
  filter?: Compiled;
  /** Grows with the number of rows, so a sample's result is scaled up. */
  scales?: boolean;
  create(): Accumulator;
}

/** Binds an aggregate to its arguments; undefined when they don't fit it. */
type Factory = (args: Compiled[]) => Aggregate | undefined;

function numberOf(value: SqlValue): number {
  return typeof value === 'object' && value.kind === 'decimal'
    ? decimalToNumber(value)
    : Number(value);
}

function bind(
  type: SqlType | undefined,
  args: Compiled[],
  create: () => Accumulator,
): Aggregate | undefined {
  return type && { type, args, create };
}

function sumType(type: SqlType): SqlType | undefined {
  if (isInteger(type)) {
    return BIGINT;
  }
  if (type.kind === 'decimal') {
    return { kind: 'decimal', precision: 38, scale: type.scale };
  }
  return isNumeric(type) ? type : undefined;
}

const sum: Factory = ([arg]) => {
  const type = arg && sumType(arg.type);
  return type && { type, args: [arg], scales: true, create: fold(addValues) };
};

const average: Factory = ([arg]) => {
  if (!arg || !isNumeric(arg.type)) {
    return undefined;
  }
  const create = gather(rows => {
    const numbers = rows.flatMap(([v]) => (v === undefined ? [] : [Number(v)]));
    return numbers.length === 0
      ? undefined
      : numbers.reduce((a, b) => a + b, 0) / numbers.length;
  });
  const { type } = arg;
  if (type.kind !== 'decimal') {
    return bind(DOUBLE, [coerce(arg, DOUBLE)], create);
  }
  return bind(type, [arg], decimalAverage(type.scale));
};

function decimalAverage(scale: number): () => Accumulator {
  return gather(rows => {
    const values = rows.flatMap(([value]) =>
      typeof value === 'object' && value.kind === 'decimal'
        ? [rescale(value, scale).unscaled]
        : [],
    );
    const sumOf = values.reduce((a, b) => a + b, 0n);
    return values.length === 0
      ? undefined
      : {
          kind: 'decimal',
          unscaled: divideRounded(sumOf, BigInt(values.length)),
          scale,
        };
  });
}

const approxPercentile: Factory = args => {
  const [value, ...rest] = args;
  const share = rest.at(-1);
  if (!value || !share) {
    return undefined;
  }
  const many = share.type.kind === 'array';
  const create = gather(rows => {
    const last = rows[0]?.at(-1);
    const values = rows.map(row => row[0]);
    if (values.every(v => v === undefined)) {
      return undefined;
    }
    return typeof last === 'object' && last.kind === 'array'
      ? {
          kind: 'array',
          items: percentiles(values, last.items.map(numberOf)),
        }
      : percentiles(values, [numberOf(last)])[0];
  });
  return bind(many ? arrayOf(value.type) : value.type, args, create);
};

const arrayAgg: Factory = args =>
  bind(
    args[0] && arrayOf(args[0].type),
    args,
    gather(rows => ({ kind: 'array', items: rows.map(row => row[0]) })),
  );

const mapAgg: Factory = args =>
  bind(
    args.length === 2 ? mapOf(args[0].type, args[1].type) : undefined,
    args,
    gather(rows => ({
      kind: 'map',
      entries: rows.map(([key, value]) => [key, value]),
    })),
  );

function extreme(sign: 1 | -1): Factory {
  return args =>
    bind(
      args[0]?.type,
      args,
      fold((a, b) => (compareValues(a, b) * sign >= 0 ? a : b)),
    );
}

function booleanFold(step: (a: SqlValue, b: SqlValue) => SqlValue): Factory {
  return args =>
    bind(
      args[0]?.type.kind === 'boolean' ? BOOLEAN : undefined,
      args,
      fold(step),
    );
}

const count: Factory = args => ({
  type: BIGINT,
  args,
  scales: true,
  create: countWhere(values => values.every(value => value !== undefined)),
});

const countIf: Factory = args =>
  args[0]?.type.kind === 'boolean'
    ? {
        type: BIGINT,
        args,
        scales: true,
        create: countWhere(([value]) => value === true),
      }
    : undefined;

/** Aggregate functions by name. */
export const aggregateFunctions: Record<string, Factory> = {
  count,
  count_if: countIf,
  sum,
  avg: average,
  min: extreme(-1),
  max: extreme(1),
  min_by: args => bind(args[0]?.type, args, bestBy(-1)),
  max_by: args => bind(args[0]?.type, args, bestBy(1)),
  approx_distinct: args => bind(BIGINT, args, countDistinct),
  approx_percentile: approxPercentile,
  array_agg: arrayAgg,
  map_agg: mapAgg,
  arbitrary: args =>
    bind(
      args[0]?.type,
      args,
      fold(a => a),
    ),
  any_value: args =>
    bind(
      args[0]?.type,
      args,
      fold(a => a),
    ),
  bool_and: booleanFold((a, b) => a === true && b === true),
  bool_or: booleanFold((a, b) => a === true || b === true),
};
