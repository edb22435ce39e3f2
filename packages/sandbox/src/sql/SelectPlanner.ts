import {
  type Expression,
  type OrderItem,
  type SelectBody,
  type SelectItem,
} from './ast';
import { compareKeys } from './compareKeys';
import { listKey } from './compareValues';
import { type Compiled } from './Compiled';
import { containsAggregate } from './containsAggregate';
import { ExpressionCompiler } from './ExpressionCompiler';
import { Grouping } from './Grouping';
import { groupRows } from './groupRows';
import { type PlanContext } from './PlanContext';
import { boundedRows, type Relation } from './Relation';
import { type Field, Scope } from './Scope';
import { type SqlRow } from './SqlValue';
import { TrinoError } from './TrinoError';
import { Windows } from './Windows';

interface Output {
  field: Field;
  compiled: Compiled;
}

interface SortKey {
  compiled: Compiled;
  item: OrderItem;
}

interface SelectPlan {
  outputs: Output[];
  sortKeys: SortKey[];
  where?: Compiled;
  having?: Compiled;
  grouping?: Grouping;
  windows: Windows;
}

function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') {
    return expression.parts.at(-1);
  }
  return expression.kind === 'field' ? expression.field : undefined;
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
    const { select, input } = this;
    const plan = this.compile(orderBy);
    const { windows, grouping, where } = plan;
    const fields = plan.outputs.map(output => output.field);
    const rows = () => this.project(this.source(plan), plan);
    const streams =
      !grouping &&
      !where &&
      orderBy.length === 0 &&
      !select.distinct &&
      windows.calls.length === 0;
    if (!streams) {
      return { fields, rows };
    }
    const { sample } = input;
    return {
      fields,
      rows,
      rowCount: input.rowCount,
      sample: sample && {
        scale: sample.scale,
        rows: () => this.project(sample.rows(), plan),
      },
      lazy: input.lazy ?? true,
    };
  }

  private compile(orderBy: OrderItem[]): SelectPlan {
    const { select, scope, context } = this;
    const plain = ExpressionCompiler.create({ scope, context });
    const grouping = this.isGrouped(orderBy)
      ? Grouping.create({
          select,
          input: scope,
          compile: expression => plain.compile(expression),
        })
      : undefined;
    const windows = new Windows();
    const compiler = ExpressionCompiler.create({
      scope,
      context,
      grouping,
      windows,
    });
    const outputs = select.items.flatMap(item =>
      this.outputs(item, compiler, grouping !== undefined),
    );
    return {
      outputs,
      grouping,
      windows,
      having:
        select.having && compiler.compileCondition(select.having, 'HAVING'),
      sortKeys: orderBy.map(item => this.sortKey(item, outputs, compiler)),
      where: select.where && plain.compileCondition(select.where, 'WHERE'),
    };
  }

  private isGrouped(orderBy: OrderItem[]): boolean {
    const { groupingSets, items, having } = this.select;
    return (
      groupingSets.length > 0 ||
      [
        ...items.flatMap(i => (i.kind === 'expression' ? [i.expression] : [])),
        ...(having ? [having] : []),
        ...orderBy.map(item => item.expression),
      ].some(containsAggregate)
    );
  }

  private outputs(
    item: SelectItem,
    compiler: ExpressionCompiler,
    grouped: boolean,
  ): Output[] {
    if (item.kind === 'expression') {
      const compiled = compiler.compile(item.expression);
      const name = item.alias ?? nameOf(item.expression);
      return [{ compiled, field: { name, type: compiled.type } }];
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
      const { name, type, qualifier = [] } = this.scope.fields[index];
      const compiled = grouped
        ? compiler.compile({
            kind: 'name',
            parts: [...qualifier, name ?? ''],
            location: item.location,
          })
        : { type, evaluate: (row: SqlRow) => row[index] };
      return { field: { name, type }, compiled };
    });
  }

  private sortKey(
    item: OrderItem,
    outputs: Output[],
    compiler: ExpressionCompiler,
  ): SortKey {
    const { expression } = item;
    if (expression.kind === 'literal' && typeof expression.value === 'bigint') {
      const output = outputs[Number(expression.value) - 1];
      if (!output) {
        throw new TrinoError({
          name: 'INVALID_COLUMN_REFERENCE',
          message: `ORDER BY position ${expression.value} is not in select list`,
        });
      }
      return { compiled: output.compiled, item };
    }
    const named =
      expression.kind === 'name' && expression.parts.length === 1
        ? outputs.find(
            ({ field }) =>
              field.name?.toLowerCase() === expression.parts[0].toLowerCase(),
          )
        : undefined;
    return { compiled: named?.compiled ?? compiler.compile(expression), item };
  }

  private source(plan: SelectPlan): Iterable<SqlRow> {
    const { grouping, where, sortKeys, windows } = plan;
    const needsAll =
      where !== undefined ||
      sortKeys.length > 0 ||
      this.select.distinct ||
      windows.calls.length > 0;
    const rows = grouping
      ? this.grouped(plan, grouping)
      : this.filtered(where, needsAll);
    if (windows.calls.length === 0) {
      return rows;
    }
    const all = [...rows];
    windows.compute(all);
    return all;
  }

  private *filtered(
    where: Compiled | undefined,
    bounded: boolean,
  ): Iterable<SqlRow> {
    const rows = bounded ? boundedRows(this.input).rows() : this.input.rows();
    for (const row of rows) {
      if (!where || where.evaluate(row) === true) {
        yield row;
      }
    }
  }

  private grouped(plan: SelectPlan, grouping: Grouping): SqlRow[] {
    const { where, having } = plan;
    const { rowCount } = this.input;
    const { keys, sets, aggregates } = grouping;
    const countsOnly =
      keys.length === 0 &&
      aggregates.every(a => a.scales && a.args.length === 0 && !a.filter);
    const rows =
      countsOnly && !where && rowCount !== undefined
        ? [[0n, ...aggregates.map(() => rowCount)]]
        : groupRows({
            input: {
              rows: () => this.filtered(where, true),
              scale: boundedRows(this.input).scale,
            },
            keys,
            sets,
            aggregates,
          });
    return having ? rows.filter(row => having.evaluate(row) === true) : rows;
  }

  private *project(
    source: Iterable<SqlRow>,
    { outputs, sortKeys }: SelectPlan,
  ): Iterable<SqlRow> {
    const seen = new Set<string>();
    const sorted: { row: SqlRow; keys: SqlRow }[] = [];
    for (const input of source) {
      const row = outputs.map(output => output.compiled.evaluate(input));
      if (this.select.distinct) {
        const id = listKey(row);
        if (seen.has(id)) {
          continue;
        }
        seen.add(id);
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
