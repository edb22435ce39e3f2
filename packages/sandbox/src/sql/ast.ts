import { type SqlType } from './SqlType';
import { type SqlValue } from './SqlValue';
import { type SourceLocation } from './TrinoError';

export interface QualifiedName {
  parts: string[];
  location: SourceLocation;
}

export interface WindowSpecification {
  partitionBy: Expression[];
  orderBy: OrderItem[];
}

export interface FunctionCall {
  kind: 'call';
  name: string;
  args: Expression[];
  distinct: boolean;
  /** `count(*)`. */
  star: boolean;
  filter?: Expression;
  over?: WindowSpecification;
  location: SourceLocation;
}

export type Expression =
  | { kind: 'literal'; value: SqlValue; type: SqlType }
  | { kind: 'parameter'; index: number }
  | { kind: 'name'; parts: string[]; location: SourceLocation }
  | { kind: 'unary'; operator: '-' | '+' | 'not'; operand: Expression }
  | {
      kind: 'binary';
      operator: BinaryOperator;
      left: Expression;
      right: Expression;
      location: SourceLocation;
    }
  | { kind: 'isNull'; operand: Expression; negated: boolean }
  | {
      kind: 'between';
      operand: Expression;
      low: Expression;
      high: Expression;
      negated: boolean;
      location: SourceLocation;
    }
  | {
      kind: 'in';
      operand: Expression;
      items: Expression[];
      negated: boolean;
      location: SourceLocation;
    }
  | {
      kind: 'inQuery';
      operand: Expression;
      query: Query;
      negated: boolean;
      location: SourceLocation;
    }
  | {
      kind: 'like';
      operand: Expression;
      pattern: Expression;
      escape?: Expression;
      negated: boolean;
    }
  | {
      kind: 'cast';
      operand: Expression;
      type: SqlType;
      safe: boolean;
      location: SourceLocation;
    }
  | {
      kind: 'case';
      operand?: Expression;
      branches: { when: Expression; then: Expression }[];
      otherwise?: Expression;
      location: SourceLocation;
    }
  | { kind: 'array'; items: Expression[]; location: SourceLocation }
  | { kind: 'row'; items: Expression[] }
  | {
      kind: 'subscript';
      base: Expression;
      index: Expression;
      location: SourceLocation;
    }
  | {
      kind: 'field';
      base: Expression;
      field: string;
      location: SourceLocation;
    }
  | { kind: 'query'; query: Query; location: SourceLocation }
  | { kind: 'exists'; query: Query }
  | FunctionCall;

export type BinaryOperator =
  | 'and'
  | 'or'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'distinct'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||';

export type SelectItem =
  | { kind: 'expression'; expression: Expression; alias?: string }
  | { kind: 'star'; qualifier?: string[]; location: SourceLocation };

export type FromItem =
  | {
      kind: 'table';
      name: QualifiedName;
      /** FOR VERSION AS OF: a snapshot's id. */
      version?: Expression;
      alias?: string;
      columns?: string[];
    }
  | { kind: 'subquery'; query: Query; alias?: string; columns?: string[] }
  | {
      kind: 'unnest';
      expressions: Expression[];
      ordinality: boolean;
      alias?: string;
      columns?: string[];
    }
  | {
      kind: 'join';
      type: 'inner' | 'left' | 'cross';
      left: FromItem;
      right: FromItem;
      on?: Expression;
      using?: string[];
    };

export interface OrderItem {
  expression: Expression;
  descending: boolean;
  nullsFirst: boolean;
}

export interface SelectBody {
  kind: 'select';
  distinct: boolean;
  items: SelectItem[];
  from?: FromItem;
  where?: Expression;
  /** Each set groups by its own expressions; a plain GROUP BY is one set. */
  groupingSets: Expression[][];
  having?: Expression;
  location: SourceLocation;
}

export type QueryBody =
  | SelectBody
  | { kind: 'values'; rows: Expression[][] }
  | {
      kind: 'union' | 'except' | 'intersect';
      all: boolean;
      left: QueryBody;
      right: QueryBody;
    }
  | { kind: 'nested'; query: Query };

export interface Query {
  with: { name: string; columns?: string[]; query: Query }[];
  body: QueryBody;
  orderBy: OrderItem[];
  offset?: Expression;
  limit?: Expression;
}

/** `name => value` or a plain argument. */
export interface Argument {
  name?: string;
  value: Expression;
}

export interface ColumnDefinition {
  name: string;
  type: SqlType;
  comment?: string;
}

export interface Property {
  name: string;
  value: Expression;
}

export type ShowStatement =
  | { kind: 'showCatalogs'; like?: string }
  | { kind: 'showSchemas'; catalog?: string; like?: string }
  | { kind: 'showTables'; schema?: QualifiedName; like?: string }
  | { kind: 'showColumns'; table: QualifiedName; like?: string }
  | { kind: 'showStats'; table: QualifiedName; version?: Expression }
  | { kind: 'showCreateTable'; table: QualifiedName }
  | { kind: 'showSession'; like?: string };

export type Statement =
  | ShowStatement
  | { kind: 'select'; query: Query }
  | {
      kind: 'explain';
      analyze: boolean;
      format: 'text' | 'json';
      statement: Statement;
    }
  | { kind: 'analyze'; table: QualifiedName; properties: Property[] }
  | {
      kind: 'tableExecute';
      table: QualifiedName;
      procedure: string;
      args: Argument[];
      where?: Expression;
    }
  | { kind: 'callProcedure'; name: QualifiedName; args: Argument[] }
  | { kind: 'prepare'; name: string; sql: string }
  | { kind: 'deallocate'; name: string }
  | { kind: 'execute'; name: string; using: Expression[] }
  | { kind: 'executeImmediate'; sql: string; using: Expression[] }
  | { kind: 'createSchema'; name: QualifiedName; ifNotExists: boolean }
  | { kind: 'dropSchema'; name: QualifiedName; ifExists: boolean }
  | {
      kind: 'createTable';
      name: QualifiedName;
      ifNotExists: boolean;
      columns: ColumnDefinition[];
      properties: Property[];
      comment?: string;
    }
  | {
      kind: 'createTableAs';
      name: QualifiedName;
      ifNotExists: boolean;
      properties: Property[];
      query: Query;
      withData: boolean;
    }
  | { kind: 'dropTable'; name: QualifiedName; ifExists: boolean }
  | { kind: 'insert'; table: QualifiedName; columns?: string[]; query: Query }
  | { kind: 'delete'; table: QualifiedName; where?: Expression }
  | { kind: 'setSession'; name: string; value: Expression }
  | { kind: 'resetSession'; name: string }
  | { kind: 'use'; catalog?: string; schema: string };
