export type TrinoErrorType =
  | 'USER_ERROR'
  | 'INTERNAL_ERROR'
  | 'INSUFFICIENT_RESOURCES'
  | 'EXTERNAL';

const INTERNAL_BASE = 0x0001_0000;
const RESOURCES_BASE = 0x0002_0000;
const ICEBERG_BASE = 0x0504_0000;
const JDBC_BASE = 0x0400_0000;

/** Codes of io.trino.spi.StandardErrorCode and the connectors, Trino 476. */
const codes = {
  GENERIC_USER_ERROR: [0, 'USER_ERROR'],
  SYNTAX_ERROR: [1, 'USER_ERROR'],
  ABANDONED_QUERY: [2, 'USER_ERROR'],
  USER_CANCELED: [3, 'USER_ERROR'],
  PERMISSION_DENIED: [4, 'USER_ERROR'],
  NOT_FOUND: [5, 'USER_ERROR'],
  FUNCTION_NOT_FOUND: [6, 'USER_ERROR'],
  INVALID_FUNCTION_ARGUMENT: [7, 'USER_ERROR'],
  DIVISION_BY_ZERO: [8, 'USER_ERROR'],
  INVALID_CAST_ARGUMENT: [9, 'USER_ERROR'],
  ALREADY_EXISTS: [12, 'USER_ERROR'],
  NOT_SUPPORTED: [13, 'USER_ERROR'],
  INVALID_SESSION_PROPERTY: [14, 'USER_ERROR'],
  NUMERIC_VALUE_OUT_OF_RANGE: [19, 'USER_ERROR'],
  SUBQUERY_MULTIPLE_ROWS: [28, 'USER_ERROR'],
  PROCEDURE_NOT_FOUND: [29, 'USER_ERROR'],
  INVALID_PROCEDURE_ARGUMENT: [30, 'USER_ERROR'],
  SCHEMA_NOT_EMPTY: [34, 'USER_ERROR'],
  ADMINISTRATIVELY_KILLED: [38, 'USER_ERROR'],
  INVALID_ANALYZE_PROPERTY: [42, 'USER_ERROR'],
  TYPE_NOT_FOUND: [43, 'USER_ERROR'],
  CATALOG_NOT_FOUND: [44, 'USER_ERROR'],
  SCHEMA_NOT_FOUND: [45, 'USER_ERROR'],
  TABLE_NOT_FOUND: [46, 'USER_ERROR'],
  COLUMN_NOT_FOUND: [47, 'USER_ERROR'],
  SCHEMA_ALREADY_EXISTS: [49, 'USER_ERROR'],
  TABLE_ALREADY_EXISTS: [50, 'USER_ERROR'],
  MISSING_CATALOG_NAME: [56, 'USER_ERROR'],
  MISSING_SCHEMA_NAME: [57, 'USER_ERROR'],
  TYPE_MISMATCH: [58, 'USER_ERROR'],
  INVALID_LITERAL: [59, 'USER_ERROR'],
  MISMATCHED_COLUMN_ALIASES: [61, 'USER_ERROR'],
  AMBIGUOUS_NAME: [62, 'USER_ERROR'],
  INVALID_COLUMN_REFERENCE: [63, 'USER_ERROR'],
  NESTED_AGGREGATION: [67, 'USER_ERROR'],
  EXPRESSION_NOT_AGGREGATE: [73, 'USER_ERROR'],
  EXPRESSION_NOT_SCALAR: [74, 'USER_ERROR'],
  INVALID_ARGUMENTS: [76, 'USER_ERROR'],
  INVALID_TABLE_PROPERTY: [18, 'USER_ERROR'],
  GENERIC_INTERNAL_ERROR: [INTERNAL_BASE, 'INTERNAL_ERROR'],
  REMOTE_TASK_ERROR: [INTERNAL_BASE + 6, 'INTERNAL_ERROR'],
  EXCEEDED_GLOBAL_MEMORY_LIMIT: [RESOURCES_BASE + 1, 'INSUFFICIENT_RESOURCES'],
  QUERY_QUEUE_FULL: [RESOURCES_BASE + 2, 'INSUFFICIENT_RESOURCES'],
  EXCEEDED_TIME_LIMIT: [RESOURCES_BASE + 3, 'INSUFFICIENT_RESOURCES'],
  CLUSTER_OUT_OF_MEMORY: [RESOURCES_BASE + 4, 'INSUFFICIENT_RESOURCES'],
  EXCEEDED_LOCAL_MEMORY_LIMIT: [RESOURCES_BASE + 7, 'INSUFFICIENT_RESOURCES'],
  ADMINISTRATIVELY_PREEMPTED: [RESOURCES_BASE + 8, 'INSUFFICIENT_RESOURCES'],
  JDBC_ERROR: [JDBC_BASE, 'EXTERNAL'],
  ICEBERG_COMMIT_ERROR: [ICEBERG_BASE + 11, 'EXTERNAL'],
} satisfies Record<string, [number, TrinoErrorType]>;

export type TrinoErrorName = keyof typeof codes;

export interface TrinoErrorCode {
  code: number;
  name: TrinoErrorName;
  type: TrinoErrorType;
}

export interface SourceLocation {
  line: number;
  column: number;
}

export interface TrinoErrorOptions {
  name: TrinoErrorName;
  message: string;
  location?: SourceLocation;
}

/** A query's failure, with the code and text that a real Trino would give. */
export class TrinoError extends Error {
  readonly code: TrinoErrorCode;
  readonly location: SourceLocation | undefined;

  constructor(options: TrinoErrorOptions) {
    const { location } = options;
    super(
      location
        ? `line ${location.line}:${location.column}: ${options.message}`
        : options.message,
    );
    this.name = 'TrinoError';
    this.location = location;
    this.code = errorCodeOf(options.name);
  }

  /** Anything thrown while a query runs, as the failure its client sees. */
  static from(thrown: unknown): TrinoError {
    if (thrown instanceof TrinoError) {
      return thrown;
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new TrinoError({ name: 'GENERIC_INTERNAL_ERROR', message });
  }
}

export function errorCodeOf(name: TrinoErrorName): TrinoErrorCode {
  const [code, type] = codes[name];
  return { code, name, type };
}
