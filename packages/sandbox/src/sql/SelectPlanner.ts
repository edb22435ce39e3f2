import {
  type Expression,
  type OrderItem,
  type SelectBody,
  type SelectItem,
} from './ast';
import { compareValues, listKey } from './compareValues';
import { type Compiled } from './Compiled';
import { containsAggregate } from './containsAggregate';
import { ExpressionCompiler, type Grouping } from './ExpressionCompiler';
import { expressionKey } from './expressionKey';
import { groupRows } from './groupRows';
import { type PlanContext } from './PlanContext';
import { boundedRows, type Relation } from './Relation';
import { type Field, Scope } from './Scope';
import { type SqlRow } from './SqlValue';
import { TrinoError } from './TrinoError';

interface Output {
  field: Field;
  expression?: Expression;
  compiled: Compiled;
}

interface SortKey {
  compiled: Compiled;
  item: OrderItem;
}

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

function ordinal(expression: Expression): number | undefined {
  return expression.kind === 'literal' && typeof expression.value === 'bigint'
    ? Number(expression.value)
    : undefined;
}

function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') {
    return expression.parts.at(-1);
  }
  return expression.kind === 'field' ? expression.field : undefined;
}

function noSuchColumn(position: number, clause: string): TrinoError {
  return new TrinoError({
    name: 'INVALID_COLUMN_REFERENCE',
    message: `${clause} position ${position} is not in select list`,
  });
}

/** Plans one SELECT together with the ORDER BY that stands after it. */
export class SelectPlanner {
  private readonly scope: Scope;

  private constructor(
    private readonly select: SelectBody,
    private readonly input: Relation,
    private readonly context: PlanContext,
  ) {
    this.scope = new Scope(input.fields);
  }

  static plan(
    select: SelectBody,
    options: { input: Relation; context: PlanContext; orderBy: OrderItem[] },
  ): Relation {
    const { input, context, orderBy } = options;
    return new SelectPlanner(select, input, context).build(orderBy);
  }

  private build(orderBy: OrderItem[]): Relation {
    const grouping = this.grouping(orderBy);
    const compiler = ExpressionCompiler.create({
      scope: this.scope,
      context: this.context,
      grouping: grouping?.grouping,
    });
    const { select } = this;
    const outputs = select.items.flatMap(item => this.outputs(item, compiler));
    const having =
      select.having && compiler.compileCondition(select.having, 'HAVING');
    const sortKeys = orderBy.map(item => this.sortKey(item, outputs, compiler));
    const where =
      select.where &&
      ExpressionCompiler.create({
        scope: this.scope,
        context: this.context,
      }).compileCondition(select.where, 'WHERE');
    const fields = outputs.map(output => output.field);
    const source = () =>
      grouping
        ? this.grouped(grouping, where, having)
        : this.filtered(where, orderBy.length > 0 || select.distinct);
    const rows = () => this.project(source(), outputs, sortKeys);
    const streams =
      !grouping && !where && orderBy.length === 0 && !select.distinct;
    return {
      fields,
      rows,
      rowCount: streams ? this.input.rowCount : undefined,
      sample: streams ? this.sampleOf(outputs) : undefined,
      lazy: streams && (this.input.lazy ?? true),
    };
  }

  private sampleOf(outputs: Output[]): Relation['sample'] {
    const { sample } = this.input;
    return (
      sample && {
        scale: sample.scale,
        rows: () => this.project(sample.rows(), outputs, []),
      }
    );
  }

  private grouping(orderBy: OrderItem[]) {
    const { groupBy, items, having } = this.select;
    const expressions = [
      ...items.flatMap(i => (i.kind === 'expression' ? [i.expression] : [])),
      ...(having ? [having] : []),
      ...orderBy.map(item => item.expression),
    ];
    if (groupBy.length === 0 && !expressions.some(containsAggregate)) {
      return undefined;
    }
    const plain = ExpressionCompiler.create({
      scope: this.scope,
      context: this.context,
    });
    const grouping: Grouping = {
      keys: new Map(),
      aggregates: [],
      input: this.scope,
    };
    const keys: Compiled[] = [];
    for (const written of groupBy) {
      const expression = this.groupExpression(written);
      const id = expressionKey(expression, this.scope);
      if (!grouping.keys.has(id)) {
        const compiled = plain.compile(expression);
        grouping.keys.set(id, { index: keys.length, type: compiled.type });
        keys.push(compiled);
      }
    }
    return { grouping, keys };
  }

  private groupExpression(written: Expression): Expression {
    const position = ordinal(written);
    if (position === undefined) {
      return written;
    }
    const item = this.select.items[position - 1];
    if (item?.kind !== 'expression') {
      throw noSuchColumn(position, 'GROUP BY');
    }
    return item.expression;
  }

  private outputs(item: SelectItem, compiler: ExpressionCompiler): Output[] {
    if (item.kind === 'expression') {
      const { expression, alias } = item;
      const compiled = compiler.compile(expression);
      const name = alias ?? nameOf(expression);
      return [{ expression, compiled, field: { name, type: compiled.type } }];
    }
    const indexes = this.scope.starIndexes(item.qualifier);
    if (indexes.length === 0) {
      throw new TrinoError({
        name: item.qualifier ? 'TABLE_NOT_FOUND' : 'COLUMN_NOT_FOUND',
        message: item.qualifier
          ? `Unable to resolve reference ${item.qualifier.join('.')}`
          : 'SELECT * not allowed from relation that has no columns',
        location: item.location,
      });
    }
    return indexes.map(index => {
      const { name, type, qualifier } = this.scope.fields[index];
      const expression: Expression = {
        kind: 'name',
        parts: [...(qualifier ?? []), name ?? ''],
        location: item.location,
      };
      const compiled = name
        ? compiler.compile(expression)
        : { type, evaluate: (row: SqlRow) => row[index] };
      return { field: { name, type }, compiled };
    });
  }

  private sortKey(
    item: OrderItem,
    outputs: Output[],
    compiler: ExpressionCompiler,
  ): SortKey {
    const position = ordinal(item.expression);
    if (position !== undefined) {
      const output = outputs[position - 1];
      if (!output) {
        throw noSuchColumn(position, 'ORDER BY');
      }
      return { compiled: output.compiled, item };
    }
    const { expression } = item;
    const named =
      expression.kind === 'name' && expression.parts.length === 1
        ? outputs.find(
            ({ field }) =>
              field.name?.toLowerCase() === expression.parts[0].toLowerCase(),
          )
        : undefined;
    return { compiled: named?.compiled ?? compiler.compile(expression), item };
  }

  private *filtered(
    where: Compiled | undefined,
    needsAll: boolean,
  ): Iterable<SqlRow> {
    const bounded = where !== undefined || needsAll;
    const rows = bounded ? boundedRows(this.input).rows() : this.input.rows();
    for (const row of rows) {
      if (!where || where.evaluate(row) === true) {
        yield row;
      }
    }
  }

  private grouped(
    { grouping, keys }: { grouping: Grouping; keys: Compiled[] },
    where: Compiled | undefined,
    having: Compiled | undefined,
  ): SqlRow[] {
    const { rowCount } = this.input;
    const countsOnly =
      keys.length === 0 &&
      grouping.aggregates.every(
        a => a.scales && a.args.length === 0 && !a.filter,
      );
    if (countsOnly && !where && rowCount !== undefined) {
      const row = grouping.aggregates.map(() => rowCount);
      return having && having.evaluate(row) !== true ? [] : [row];
    }
    const rows = groupRows(
      {
        rows: () => this.filtered(where, true),
        scale: boundedRows(this.input).scale,
      },
      keys,
      grouping.aggregates,
    );
    return having ? rows.filter(row => having.evaluate(row) === true) : rows;
  }

  private *project(
    source: Iterable<SqlRow>,
    outputs: Output[],
    sortKeys: SortKey[],
  ): Iterable<SqlRow> {
    const seen = this.select.distinct ? new Set<string>() : undefined;
    const sorted: { row: SqlRow; keys: SqlRow }[] = [];
    for (const input of source) {
      const row = outputs.map(output => output.compiled.evaluate(input));
      const id = seen && listKey(row);
      if (id !== undefined && seen?.has(id)) {
        continue;
      }
      if (id !== undefined) {
        seen?.add(id);
      }
      if (sortKeys.length === 0) {
        yield row;
      } else {
        const keys = sortKeys.map(({ compiled }) => compiled.evaluate(input));
        sorted.push({ row, keys });
      }
    }
    const items = sortKeys.map(({ item }) => item);
    sorted.sort((a, b) => compareKeys(items, a.keys, b.keys));
    for (const { row } of sorted) {
      yield row;
    }
  }
}
