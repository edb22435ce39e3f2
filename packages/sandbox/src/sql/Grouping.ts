import { type Aggregate } from './aggregateFunctions';
import { type Expression, type SelectBody } from './ast';
import { type Compiled } from './Compiled';
import { expressionKey } from './expressionKey';
import { Scope } from './Scope';
import { type SqlType } from './SqlType';
import { TrinoError } from './TrinoError';

/** Where a grouped query's expressions read their keys and aggregates. */
export class Grouping {
  readonly keys: Compiled[] = [];
  /** Filled while expressions are compiled. */
  readonly aggregates: Aggregate[] = [];
  /** For each grouping set, which keys it groups by. */
  readonly sets: boolean[][];
  private readonly indexes = new Map<string, number>();

  private constructor(readonly input: Scope, sets: Expression[][]) {
    const ids = sets.map(set => set.map(e => expressionKey(e, input)));
    [...new Set(ids.flat())].forEach((id, i) => this.indexes.set(id, i));
    this.sets = ids.map(set =>
      [...this.indexes.keys()].map(id => set.includes(id)),
    );
  }

  /** Groups by each set's expressions; without any set there is one group. */
  static create(options: {
    select: SelectBody;
    input: Scope;
    compile: (expression: Expression) => Compiled;
  }): Grouping {
    const { select, input, compile } = options;
    const written = select.groupingSets.length > 0 ? select.groupingSets : [[]];
    const sets = written.map(set => set.map(e => selected(e, select)));
    const grouping = new Grouping(input, sets);
    for (const expression of sets.flat()) {
      const index = grouping.indexOf(expression);
      if (index === grouping.keys.length) {
        grouping.keys.push(compile(expression));
      }
    }
    return grouping;
  }

  /** The key an expression is, if it is one. */
  find(expression: Expression): { index: number; type: SqlType } | undefined {
    const index = this.indexOf(expression);
    return index === undefined
      ? undefined
      : { index, type: this.keys[index].type };
  }

  /** Registers an aggregate; answers where its result stands in a row. */
  add(aggregate: Aggregate): number {
    this.aggregates.push(aggregate);
    return this.setIndex + this.aggregates.length;
  }

  /** Where the number of a row's grouping set stands. */
  get setIndex(): number {
    return this.indexes.size;
  }

  private indexOf(expression: Expression): number | undefined {
    return this.indexes.get(expressionKey(expression, this.input));
  }
}

/** `GROUP BY 1` means the first thing selected. */
function selected(written: Expression, select: SelectBody): Expression {
  if (written.kind !== 'literal' || typeof written.value !== 'bigint') {
    return written;
  }
  const item = select.items[Number(written.value) - 1];
  if (item?.kind !== 'expression') {
    throw new TrinoError({
      name: 'INVALID_COLUMN_REFERENCE',
      message: `GROUP BY position ${written.value} is not in select list`,
    });
  }
  return item.expression;
}
