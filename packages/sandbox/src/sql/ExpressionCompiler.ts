import { type Aggregate, aggregateFunctions } from './aggregateFunctions';
import { distinct } from './accumulators';
import { type Expression, type FunctionCall } from './ast';
import { castValue } from './castValue';
import { commonType } from './commonType';
import { compareValues, valueKey } from './compareValues';
import { coerce, type Compiled, constant } from './Compiled';
import { type ExpressionContext } from './ExpressionContext';
import { expressionKey } from './expressionKey';
import { formatType } from './formatType';
import { likePattern } from './likePattern';
import { compileOperator } from './operators';
import { scalarFunctions } from './scalarFunctions';
import { type ResolvedName, Scope } from './Scope';
import { sessionFunction } from './sessionFunctions';
import { BOOLEAN, isNumeric, type SqlType, UNKNOWN } from './SqlType';
import { type SqlRow, type SqlValue } from './SqlValue';
import { type SourceLocation, TrinoError } from './TrinoError';

/** Where a grouped query's expressions read their keys and aggregates. */
export interface Grouping {
  /** Key expressions and their index in the grouped row. */
  keys: Map<string, { index: number; type: SqlType }>;
  /** Filled while compiling: results stand after the keys. */
  aggregates: Aggregate[];
  input: Scope;
}

export interface CompilerOptions {
  scope: Scope;
  context: ExpressionContext;
  grouping?: Grouping;
}

/** Binds syntax to columns and types. */
export class ExpressionCompiler {
  private constructor(private readonly options: CompilerOptions) {}

  static create(options: CompilerOptions): ExpressionCompiler {
    return new ExpressionCompiler(options);
  }

  compile(expression: Expression): Compiled {
    const key = this.groupKey(expression);
    if (key) {
      return { type: key.type, evaluate: row => row[key.index] };
    }
    switch (expression.kind) {
      case 'literal':
        return constant(expression.value, expression.type);
      case 'parameter':
        return this.parameter(expression.index);
      case 'name':
        return this.name(expression.parts, expression.location);
      case 'unary':
        return this.unary(expression.operator, expression.operand);
      case 'binary':
        return compileOperator({
          ...expression,
          left: this.compile(expression.left),
          right: this.compile(expression.right),
        });
      case 'isNull': {
        const operand = this.compile(expression.operand);
        const { negated } = expression;
        return {
          type: BOOLEAN,
          evaluate: row => (operand.evaluate(row) === undefined) !== negated,
        };
      }
      case 'call':
        return this.call(expression);
      case 'cast':
        return this.cast(expression);
      case 'case':
        return this.caseWhen(expression);
      case 'array':
        return this.array(expression.items, expression.location);
      case 'row':
        return this.row(expression.items);
      case 'subscript':
        return this.subscript(expression);
      case 'field':
        return this.field(this.compile(expression.base), expression);
      default:
        return this.predicate(expression);
    }
  }

  /** A condition: anything but a boolean is a TYPE_MISMATCH. */
  compileCondition(expression: Expression, clause: string): Compiled {
    const condition = this.compile(expression);
    if (!['boolean', 'unknown'].includes(condition.type.kind)) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: `${clause} clause must evaluate to a boolean: actual type ${formatType(
          condition.type,
        )}`,
      });
    }
    return condition;
  }

  private groupKey(expression: Expression) {
    const { grouping } = this.options;
    return grouping?.keys.get(expressionKey(expression, grouping.input));
  }

  private parameter(index: number): Compiled {
    const value = this.options.context.parameters[index];
    if (!value) {
      throw new TrinoError({
        name: 'INVALID_ARGUMENTS',
        message: `Incorrect number of parameters: expected ${
          index + 1
        } but found ${this.options.context.parameters.length}`,
      });
    }
    return value;
  }

  private name(parts: string[], location: SourceLocation): Compiled {
    const { scope, grouping } = this.options;
    const found = scope.resolve(parts, location);
    if (!grouping) {
      return this.column(found, location);
    }
    for (let size = parts.length - 1; size > 0; size--) {
      const base: Expression = {
        kind: 'name',
        parts: parts.slice(0, size),
        location,
      };
      if (scope.find(base.parts, location)?.rest.length === 0) {
        const compiled = this.compile(base);
        return parts
          .slice(size)
          .reduce(
            (inner, field) => this.field(inner, { field, location }),
            compiled,
          );
      }
    }
    throw new TrinoError({
      name: 'EXPRESSION_NOT_AGGREGATE',
      message: `'${parts.join(
        '.',
      )}' must be an aggregate expression or appear in GROUP BY clause`,
      location,
    });
  }

  private column(found: ResolvedName, location: SourceLocation): Compiled {
    const column: Compiled = {
      type: found.type,
      evaluate: row => row[found.index],
    };
    return found.rest.reduce(
      (inner, field) => this.field(inner, { field, location }),
      column,
    );
  }

  private field(
    base: Compiled,
    access: { field: string; location: SourceLocation },
  ): Compiled {
    const fields = base.type.kind === 'row' ? base.type.fields : [];
    const index = fields.findIndex(
      f => f.name?.toLowerCase() === access.field.toLowerCase(),
    );
    if (index < 0) {
      throw new TrinoError({
        name: 'COLUMN_NOT_FOUND',
        message: `Column '${access.field}' cannot be resolved`,
        location: access.location,
      });
    }
    return {
      type: fields[index].type,
      evaluate(row) {
        const value = base.evaluate(row);
        return typeof value === 'object' && value.kind === 'row'
          ? value.fields[index]
          : undefined;
      },
    };
  }

  private unary(operator: '-' | '+' | 'not', operand: Expression): Compiled {
    const compiled = this.compile(operand);
    if (operator === 'not') {
      return {
        type: BOOLEAN,
        evaluate(row) {
          const value = compiled.evaluate(row);
          return value === undefined ? undefined : !value;
        },
      };
    }
    if (!isNumeric(compiled.type)) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: `Cannot negate ${formatType(compiled.type)}`,
      });
    }
    return operator === '+'
      ? compiled
      : {
          type: compiled.type,
          evaluate: row => negate(compiled.evaluate(row)),
        };
  }

  private cast(node: Extract<Expression, { kind: 'cast' }>): Compiled {
    const operand = this.compile(node.operand);
    if (!node.safe) {
      return coerce(operand, node.type);
    }
    return {
      type: node.type,
      evaluate(row) {
        try {
          return castValue(operand.evaluate(row), operand.type, node.type);
        } catch (error) {
          if (error instanceof TrinoError) {
            return undefined;
          }
          throw error;
        }
      },
    };
  }

  private unify(values: Compiled[], location: SourceLocation): SqlType {
    return values.reduce<SqlType>((type, value) => {
      const common = commonType(type, value.type);
      if (!common) {
        throw new TrinoError({
          name: 'TYPE_MISMATCH',
          message: `All results must be the same type or coercible to a common type. Cannot find common type between ${formatType(
            type,
          )} and ${formatType(value.type)}`,
          location,
        });
      }
      return common;
    }, UNKNOWN);
  }

  private caseWhen(node: Extract<Expression, { kind: 'case' }>): Compiled {
    const conditions = node.branches.map(({ when }) =>
      node.operand
        ? compileOperator({
            operator: '=',
            left: this.compile(node.operand),
            right: this.compile(when),
            location: node.location,
          })
        : this.compileCondition(when, 'CASE WHEN'),
    );
    const results = node.branches.map(({ then }) => this.compile(then));
    const otherwise = node.otherwise
      ? this.compile(node.otherwise)
      : constant(undefined, UNKNOWN);
    const type = this.unify([...results, otherwise], node.location);
    const coerced = [...results, otherwise].map(r => coerce(r, type));
    return {
      type,
      evaluate(row) {
        const hit = conditions.findIndex(c => c.evaluate(row) === true);
        return coerced[hit < 0 ? results.length : hit].evaluate(row);
      },
    };
  }

  private array(items: Expression[], location: SourceLocation): Compiled {
    const values = items.map(item => this.compile(item));
    const element = this.unify(values, location);
    const coerced = values.map(value => coerce(value, element));
    return {
      type: { kind: 'array', element },
      evaluate: row => ({
        kind: 'array',
        items: coerced.map(value => value.evaluate(row)),
      }),
    };
  }

  private row(items: Expression[]): Compiled {
    const values = items.map(item => this.compile(item));
    return {
      type: { kind: 'row', fields: values.map(({ type }) => ({ type })) },
      evaluate: row => ({
        kind: 'row',
        fields: values.map(value => value.evaluate(row)),
      }),
    };
  }

  private subscript(
    node: Extract<Expression, { kind: 'subscript' }>,
  ): Compiled {
    const base = this.compile(node.base);
    const index = this.compile(node.index);
    const element = scalarFunctions.element_at([base, index]);
    if (!element) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: `Cannot apply operator: ${formatType(base.type)}[${formatType(
          index.type,
        )}]`,
        location: node.location,
      });
    }
    return {
      type: element.type,
      evaluate(row) {
        const value = element.evaluate(row);
        const key = index.evaluate(row);
        if (
          value === undefined &&
          key !== undefined &&
          !holds(base.evaluate(row), key)
        ) {
          throw new TrinoError({
            name: 'INVALID_FUNCTION_ARGUMENT',
            message:
              base.type.kind === 'map'
                ? `Key not present in map: ${key}`
                : `Array subscript must be less than or equal to array length`,
          });
        }
        return value;
      },
    };
  }

  private call(node: FunctionCall): Compiled {
    if (Object.hasOwn(aggregateFunctions, node.name)) {
      return this.aggregate(node);
    }
    const session = sessionFunction(node.name, this.options.context);
    if (session && node.args.length === 0) {
      return session;
    }
    const args = node.args.map(arg => this.compile(arg));
    const compiled =
      this.conditional(node, args) ??
      (Object.hasOwn(scalarFunctions, node.name)
        ? scalarFunctions[node.name](args)
        : undefined);
    return compiled ?? this.noSuchFunction(node, args);
  }

  /** COALESCE, NULLIF, IF, GREATEST, LEAST and TYPEOF. */
  private conditional(
    { name, location }: FunctionCall,
    args: Compiled[],
  ): Compiled | undefined {
    const unified = (values: Compiled[]) => {
      const type = this.unify(values, location);
      return { type, values: values.map(value => coerce(value, type)) };
    };
    if (name === 'typeof' && args.length === 1) {
      return constant(formatType(args[0].type), { kind: 'varchar' });
    }
    if (name === 'coalesce') {
      const { type, values } = unified(args);
      return {
        type,
        evaluate(row) {
          for (const value of values) {
            const result = value.evaluate(row);
            if (result !== undefined) {
              return result;
            }
          }
          return undefined;
        },
      };
    }
    if (name === 'nullif' && args.length === 2) {
      const [left, right] = args;
      const equal = compileOperator({ operator: '=', left, right, location });
      return {
        type: left.type,
        evaluate: row =>
          equal.evaluate(row) === true ? undefined : left.evaluate(row),
      };
    }
    if (name === 'if' && args.length >= 2) {
      const otherwise = args[2] ?? constant(undefined, UNKNOWN);
      const { type, values } = unified([args[1], otherwise]);
      return {
        type,
        evaluate: row =>
          values[args[0].evaluate(row) === true ? 0 : 1].evaluate(row),
      };
    }
    if ((name === 'greatest' || name === 'least') && args.length > 0) {
      const { type, values } = unified(args);
      const at = name === 'greatest' ? -1 : 0;
      return {
        type,
        evaluate(row) {
          const results = values.map(value => value.evaluate(row));
          return results.includes(undefined)
            ? undefined
            : results.sort(compareValues).at(at);
        },
      };
    }
    return undefined;
  }

  private aggregate(node: FunctionCall): Compiled {
    const { grouping, context } = this.options;
    if (!grouping) {
      throw new TrinoError({
        name: 'EXPRESSION_NOT_SCALAR',
        message: `Cannot contain aggregations, window functions or grouping operations: [${node.name}]`,
        location: node.location,
      });
    }
    const inner = ExpressionCompiler.create({
      scope: grouping.input,
      context,
    });
    const args = node.args.map(arg => inner.compile(arg));
    const aggregate = aggregateFunctions[node.name](args);
    if (!aggregate) {
      return this.noSuchFunction(node, args);
    }
    const filter =
      node.filter && inner.compileCondition(node.filter, 'FILTER WHERE');
    const at = grouping.keys.size + grouping.aggregates.length;
    grouping.aggregates.push({
      ...aggregate,
      filter,
      create: node.distinct
        ? () => distinct(aggregate.create())
        : aggregate.create,
    });
    return { type: aggregate.type, evaluate: row => row[at] };
  }

  private noSuchFunction(node: FunctionCall, args: Compiled[]): never {
    const types = args.map(arg => formatType(arg.type)).join(', ');
    const known =
      Object.hasOwn(scalarFunctions, node.name) ||
      Object.hasOwn(aggregateFunctions, node.name);
    throw new TrinoError({
      name: 'FUNCTION_NOT_FOUND',
      message: known
        ? `Unexpected parameters (${types}) for function ${node.name}`
        : `Function '${node.name}' not registered`,
      location: node.location,
    });
  }

  private predicate(
    node: Extract<
      Expression,
      { kind: 'between' | 'in' | 'inQuery' | 'like' | 'query' | 'exists' }
    >,
  ): Compiled {
    const { context } = this.options;
    switch (node.kind) {
      case 'between':
        return this.between(node);
      case 'in':
        return this.isOneOf(
          this.compile(node.operand),
          node.items.map(item => this.compile(item)),
          node,
        );
      case 'inQuery': {
        const { types, rows } = context.runQuery(node.query);
        const items = rows.map(([value]) => constant(value, types[0]));
        return this.isOneOf(this.compile(node.operand), items, node);
      }
      case 'like':
        return this.like(node);
      case 'exists': {
        const found = context.runQuery(node.query).rows.length > 0;
        return constant(found, BOOLEAN);
      }
      default:
        return this.scalarQuery(node);
    }
  }

  private scalarQuery(node: Extract<Expression, { kind: 'query' }>): Compiled {
    const { types, rows } = this.options.context.runQuery(node.query);
    if (rows.length > 1) {
      throw new TrinoError({
        name: 'SUBQUERY_MULTIPLE_ROWS',
        message: 'Scalar sub-query has returned multiple rows',
      });
    }
    return constant(rows[0]?.[0], types[0]);
  }

  private between(node: Extract<Expression, { kind: 'between' }>): Compiled {
    const { low, high, operand, location } = node;
    const bounds: Expression = {
      kind: 'binary',
      operator: 'and',
      left: {
        kind: 'binary',
        operator: '>=',
        left: operand,
        right: low,
        location,
      },
      right: {
        kind: 'binary',
        operator: '<=',
        left: operand,
        right: high,
        location,
      },
      location,
    };
    return node.negated ? this.unary('not', bounds) : this.compile(bounds);
  }

  private isOneOf(
    operand: Compiled,
    items: Compiled[],
    node: { negated: boolean; location: SourceLocation },
  ): Compiled {
    const type = this.unify([operand, ...items], node.location);
    const value = coerce(operand, type);
    const options = items.map(item => coerce(item, type));
    return {
      type: BOOLEAN,
      evaluate(row: SqlRow) {
        const wanted = value.evaluate(row);
        const candidates = options.map(option => option.evaluate(row));
        if (wanted === undefined) {
          return undefined;
        }
        if (
          candidates.some(
            c => c !== undefined && compareValues(c, wanted) === 0,
          )
        ) {
          return !node.negated;
        }
        return candidates.includes(undefined) ? undefined : node.negated;
      },
    };
  }

  private like(node: Extract<Expression, { kind: 'like' }>): Compiled {
    const operand = this.compile(node.operand);
    const pattern = this.compile(node.pattern);
    const escape = node.escape && this.compile(node.escape);
    return {
      type: BOOLEAN,
      evaluate(row) {
        const value = operand.evaluate(row);
        const like = pattern.evaluate(row);
        if (value === undefined || like === undefined) {
          return undefined;
        }
        const sign = escape?.evaluate(row);
        const matcher = likePattern(
          String(like),
          sign === undefined ? undefined : String(sign),
        );
        return matcher.test(String(value)) !== node.negated;
      },
    };
  }
}

function negate(value: SqlValue): SqlValue {
  if (typeof value === 'bigint' || typeof value === 'number') {
    return -value;
  }
  return typeof value === 'object' && value.kind === 'decimal'
    ? { ...value, unscaled: -value.unscaled }
    : undefined;
}

function holds(container: SqlValue, key: SqlValue): boolean {
  if (typeof container !== 'object') {
    return true;
  }
  if (container.kind === 'map') {
    return container.entries.some(([k]) => valueKey(k) === valueKey(key));
  }
  return container.kind === 'array' && Number(key) <= container.items.length;
}
