import type { PrometheusWorld } from '../PrometheusWorld';
import type { Expression, LabelMatcher, Selector } from './Expression';
import { PromQlError } from './PromQlError';

/** One element of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type Value =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'vector'; readonly samples: readonly Sample[] };

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
const COMPARISON: Partial<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
const AGGREGATE: Readonly<
  Record<'sum' | 'max' | 'min' | 'count', (values: number[]) => number>
> = {
  sum: values => values.reduce((one, other) => one + other, 0),
  max: values => Math.max(...values),
  min: values => Math.min(...values),
  count: values => values.length,
};

/**
 * The value of an expression at a time.
 *
 * @throws PromQlError when it has none
 */
export function evaluate(
  world: PrometheusWorld,
  expression: Expression,
  atMs: number,
): Value {
  switch (expression.type) {
    case 'number':
      return { type: 'scalar', value: expression.value };
    case 'vector': {
      const inner = evaluate(world, expression.of, atMs);
      if (inner.type !== 'scalar') {
        throw new PromQlError(
          'expected type scalar in call to function "vector", got instant vector',
        );
      }
      return vectorOf([{ labels: {}, value: inner.value }]);
    }
    case 'selector':
      return select(world, expression, atMs);
    case 'rate':
    case 'increase':
      return overTime(world, expression, atMs);
    case 'binary':
      return combine(expression, {
        left: evaluate(world, expression.left, atMs),
        right: evaluate(world, expression.right, atMs),
      });
    default:
      return aggregate(expression, evaluate(world, expression.of, atMs));
  }
}

function vectorOf(samples: readonly Sample[]): Value {
  return { type: 'vector', samples };
}

function matches(
  labels: Readonly<Record<string, string>>,
  { label, operator, value }: LabelMatcher,
): boolean {
  const own = labels[label] ?? '';
  if (operator === '=') return own === value;
  if (operator === '!=') return own !== value;
  const found = patternOf(value).test(own);
  return operator === '=~' ? found : !found;
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    throw new PromQlError(`error parsing regexp: ${text}`);
  }
}

function seriesOf(world: PrometheusWorld, { matchers }: Selector) {
  return world
    .series()
    .filter(({ labels }) => matchers.every(one => matches(labels, one)));
}

function select(
  world: PrometheusWorld,
  selector: Selector,
  atMs: number,
): Value {
  if (selector.windowMs !== undefined) {
    throw new PromQlError(
      'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    );
  }
  return vectorOf(
    seriesOf(world, selector).flatMap(({ labels, valueAt }) => {
      const value = valueAt(atMs);
      return value === undefined ? [] : [{ labels, value }];
    }),
  );
}

function overTime(
  world: PrometheusWorld,
  call: { type: 'rate' | 'increase'; of: Selector },
  atMs: number,
): Value {
  const windowMs = call.of.windowMs ?? 0;
  return vectorOf(
    seriesOf(world, call.of).flatMap(({ labels, valueAt }) => {
      const first = valueAt(atMs - windowMs);
      const last = valueAt(atMs);
      if (first === undefined || last === undefined) return [];
      // A counter that went down was started anew, from 0.
      const increase = last >= first ? last - first : last;
      return [
        {
          labels: withoutName(labels),
          value: call.type === 'rate' ? increase / (windowMs / 1000) : increase,
        },
      ];
    }),
  );
}

function aggregate(
  call: {
    type: 'sum' | 'max' | 'min' | 'count';
    by: readonly string[];
  },
  of: Value,
): Value {
  if (of.type === 'scalar') {
    throw new PromQlError(
      'expected type instant vector in aggregation expression, got scalar',
    );
  }
  const groups = new Map<string, { labels: Sample['labels']; all: number[] }>();
  for (const { labels, value } of of.samples) {
    const kept = Object.fromEntries(
      call.by.flatMap(name =>
        name in labels ? [[name, labels[name]] as const] : [],
      ),
    );
    const key = JSON.stringify(kept);
    const group = groups.get(key) ?? { labels: kept, all: [] };
    group.all.push(value);
    groups.set(key, group);
  }
  return vectorOf(
    [...groups.values()].map(({ labels, all }) => ({
      labels,
      value: AGGREGATE[call.type](all),
    })),
  );
}

function combine(
  { operator }: { operator: string },
  { left, right }: { left: Value; right: Value },
): Value {
  const compare = COMPARISON[operator];
  const apply = (a: number, b: number): number | undefined => {
    if (!compare) return ARITHMETIC[operator](a, b);
    return compare(a, b) ? a : undefined;
  };
  if (left.type === 'scalar' && right.type === 'scalar') {
    const value = apply(left.value, right.value);
    if (compare || value === undefined) {
      throw new PromQlError(
        'comparisons between scalars must use BOOL modifier',
      );
    }
    return { type: 'scalar', value };
  }
  const pairs = pairsOf(left, right);
  return vectorOf(
    pairs.flatMap(({ labels, a, b }) => {
      const value = apply(a, b);
      return value === undefined
        ? []
        : [{ labels: compare ? labels : withoutName(labels), value }];
    }),
  );
}

function pairsOf(left: Value, right: Value) {
  if (left.type === 'vector' && right.type === 'scalar') {
    return left.samples.map(({ labels, value }) => ({
      labels,
      a: value,
      b: right.value,
    }));
  }
  if (left.type === 'scalar' && right.type === 'vector') {
    return right.samples.map(({ labels, value }) => ({
      labels,
      a: left.value,
      b: value,
    }));
  }
  if (left.type !== 'vector' || right.type !== 'vector') return [];
  const others = new Map(
    right.samples.map(({ labels, value }) => [matchKey(labels), value]),
  );
  return left.samples.flatMap(({ labels, value }) => {
    const other = others.get(matchKey(labels));
    return other === undefined ? [] : [{ labels, a: value, b: other }];
  });
}

function matchKey(labels: Sample['labels']): string {
  return JSON.stringify(
    Object.entries(withoutName(labels)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function withoutName(labels: Sample['labels']): Record<string, string> {
  const { __name__: _, ...rest } = labels;
  return rest;
}
