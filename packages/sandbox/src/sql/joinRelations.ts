import { type Expression } from './ast';
import { listKey } from './compareValues';
import { commonType } from './commonType';
import { coerce, type Compiled } from './Compiled';
import { ExpressionCompiler } from './ExpressionCompiler';
import { type ExpressionContext } from './ExpressionContext';
import { boundedRows, type Relation } from './Relation';
import { Scope } from './Scope';
import { type SqlRow } from './SqlValue';
import { TrinoError } from './TrinoError';

export interface JoinOptions {
  type: 'inner' | 'left' | 'cross';
  left: Relation;
  right: Relation;
  on?: Expression;
  context: ExpressionContext;
}

interface EquiKey {
  left: Compiled;
  right: Compiled;
}

function conjuncts(expression: Expression | undefined): Expression[] {
  if (!expression) {
    return [];
  }
  return expression.kind === 'binary' && expression.operator === 'and'
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression];
}

function tryCompile(
  compiler: ExpressionCompiler,
  expression: Expression,
): Compiled | undefined {
  try {
    return compiler.compile(expression);
  } catch (error) {
    if (error instanceof TrinoError) {
      return undefined;
    }
    throw error;
  }
}

/** Equalities with one side from each input: the keys of a hash join. */
function equiKeys(options: JoinOptions): EquiKey[] {
  const { left, right, context } = options;
  const [onLeft, onRight] = [left, right].map(side =>
    ExpressionCompiler.create({ scope: new Scope(side.fields), context }),
  );
  return conjuncts(options.on).flatMap(condition => {
    if (condition.kind !== 'binary' || condition.operator !== '=') {
      return [];
    }
    for (const [a, b] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ]) {
      const sides = {
        left: tryCompile(onLeft, a),
        right: tryCompile(onRight, b),
      };
      const type =
        sides.left &&
        sides.right &&
        commonType(sides.left.type, sides.right.type);
      if (sides.left && sides.right && type) {
        return [
          {
            left: coerce(sides.left, type),
            right: coerce(sides.right, type),
          },
        ];
      }
    }
    return [];
  });
}

function* join(options: JoinOptions, condition?: Compiled): Iterable<SqlRow> {
  const { left, right, type } = options;
  const keys = equiKeys(options);
  const buckets = new Map<string, SqlRow[]>();
  for (const row of boundedRows(right).rows()) {
    const key = listKey(keys.map(k => k.right.evaluate(row)));
    const bucket = buckets.get(key);
    if (bucket) {
      bucket.push(row);
    } else {
      buckets.set(key, [row]);
    }
  }
  const blanks: SqlRow = right.fields.map(() => undefined);
  for (const row of boundedRows(left).rows()) {
    const key = listKey(keys.map(k => k.left.evaluate(row)));
    let matched = false;
    for (const other of buckets.get(key) ?? []) {
      const joined = [...row, ...other];
      if (!condition || condition.evaluate(joined) === true) {
        matched = true;
        yield joined;
      }
    }
    if (!matched && type === 'left') {
      yield [...row, ...blanks];
    }
  }
}

/** Joins two relations, by hash where the condition has equalities. */
export function joinRelations(options: JoinOptions): Relation {
  const { left, right, on, context } = options;
  const fields = [...left.fields, ...right.fields];
  const condition =
    on &&
    ExpressionCompiler.create({
      scope: new Scope(fields),
      context,
    }).compileCondition(on, 'JOIN ON');
  const rows = () => join(options, condition);
  if (!left.sample && !right.sample) {
    return { fields, rows };
  }
  const scales = [boundedRows(left).scale, boundedRows(right).scale];
  const scale = scales[0] > scales[1] ? scales[0] : scales[1];
  return { fields, rows, sample: { rows, scale } };
}
