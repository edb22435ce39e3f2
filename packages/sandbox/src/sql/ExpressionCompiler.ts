import { type Expression } from './ast';
import { castValue } from './castValue';
import { compileField, compileSubscript } from './compileAccess';
import { compileCall } from './compileCall';
import { compileCase } from './compileConditional';
import { compilePredicate, negated } from './compilePredicate';
import { type CompileTools, unifyTypes } from './CompileTools';
import { coerce, type Compiled, constant } from './Compiled';
import { type ExpressionContext } from './ExpressionContext';
import { formatType } from './formatType';
import { type Grouping } from './Grouping';
import { locationOf } from './locationOf';
import { compileOperator } from './operators';
import { Scope } from './Scope';
import { isNumeric } from './SqlType';
import { type SqlValue } from './SqlValue';
import { type SourceLocation, TrinoError } from './TrinoError';
import { type Windows } from './Windows';

export interface CompilerOptions {
  scope: Scope;
  context: ExpressionContext;
  grouping?: Grouping;
  /** Collects window functions; without it they are refused. */
  windows?: Windows;
}

/** Binds syntax to columns and types. */
export class ExpressionCompiler implements CompileTools {
  readonly context: ExpressionContext;

  private constructor(private readonly options: CompilerOptions) {
    this.context = options.context;
  }

  static create(options: CompilerOptions): ExpressionCompiler {
    return new ExpressionCompiler(options);
  }

  compile(expression: Expression): Compiled {
    const key = this.options.grouping?.find(expression);
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
        return this.unary(expression);
      case 'binary':
        return compileOperator({
          ...expression,
          left: this.compile(expression.left),
          right: this.compile(expression.right),
        });
      case 'call':
        return this.call(expression);
      case 'cast':
        return this.cast(expression);
      case 'case':
        return compileCase(expression, this);
      case 'array':
        return this.array(expression);
      case 'row':
        return this.row(expression.items);
      case 'subscript':
        return compileSubscript(
          this.compile(expression.base),
          this.compile(expression.index),
          expression.location,
        );
      case 'field':
        return compileField(this.compile(expression.base), expression);
      default:
        return compilePredicate(expression, this);
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
        location: locationOf(expression),
      });
    }
    return condition;
  }

  private parameter(index: number): Compiled {
    const { parameters } = this.context;
    if (!parameters[index]) {
      throw new TrinoError({
        name: 'INVALID_ARGUMENTS',
        message: `Incorrect number of parameters: expected ${
          index + 1
        } but found ${parameters.length}`,
      });
    }
    return parameters[index];
  }

  private name(parts: string[], location: SourceLocation): Compiled {
    const { scope, grouping } = this.options;
    const { index, type, rest } = scope.resolve(parts, location);
    const base: Compiled = grouping
      ? this.groupedBase(parts.slice(0, parts.length - rest.length), location)
      : { type, evaluate: row => row[index] };
    return rest.reduce(
      (inner, field) => compileField(inner, { field, location }),
      base,
    );
  }

  /** A column of a grouped query has to be one of its keys. */
  private groupedBase(parts: string[], location: SourceLocation): Compiled {
    const key = this.options.grouping?.find({ kind: 'name', parts, location });
    if (!key) {
      throw new TrinoError({
        name: 'EXPRESSION_NOT_AGGREGATE',
        message: `'${parts.join(
          '.',
        )}' must be an aggregate expression or appear in GROUP BY clause`,
        location,
      });
    }
    return { type: key.type, evaluate: row => row[key.index] };
  }

  private unary(node: Extract<Expression, { kind: 'unary' }>): Compiled {
    const operand = this.compile(node.operand);
    if (node.operator === 'not') {
      return negated(operand);
    }
    if (!isNumeric(operand.type)) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: `Cannot negate ${formatType(operand.type)}`,
      });
    }
    return node.operator === '+'
      ? operand
      : { type: operand.type, evaluate: row => minus(operand.evaluate(row)) };
  }

  private call(node: Extract<Expression, { kind: 'call' }>): Compiled {
    const { scope, context, grouping, windows } = this.options;
    return compileCall(node, {
      context,
      grouping,
      windows,
      compile: expression => this.compile(expression),
      compileCondition: (expression, clause) =>
        this.compileCondition(expression, clause),
      input: ExpressionCompiler.create({ scope, context }),
    });
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

  private array(node: Extract<Expression, { kind: 'array' }>): Compiled {
    const values = node.items.map(item => this.compile(item));
    const element = unifyTypes(values, node.location);
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
}

function minus(value: SqlValue): SqlValue {
  if (typeof value === 'bigint' || typeof value === 'number') {
    return -value;
  }
  return typeof value === 'object' && value.kind === 'decimal'
    ? { ...value, unscaled: -value.unscaled }
    : undefined;
}
