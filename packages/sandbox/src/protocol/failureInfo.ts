import { type TrinoError } from '../sql/TrinoError';
import { type ExactJson } from './exactJson';

/** Frames are made up: enough for clients that print a stack. */
const STACK = [
  'io.trino.execution.SqlQueryExecution.start(SqlQueryExecution.java:391)',
  'io.trino.execution.SqlQueryManager.createQuery(SqlQueryManager.java:290)',
  'io.trino.dispatcher.LocalDispatchQuery.startExecution(LocalDispatchQuery.java:150)',
  'java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1090)',
  'java.base/java.lang.Thread.run(Thread.java:1474)',
];

export function failureType(error: TrinoError): string {
  return error.code.name === 'SYNTAX_ERROR'
    ? 'io.trino.sql.parser.ParsingException'
    : 'io.trino.spi.TrinoException';
}

export function errorLocation(error: TrinoError): ExactJson {
  const { location } = error;
  return (
    location && { lineNumber: location.line, columnNumber: location.column }
  );
}

/** The failure inside a client's error and inside a query's info. */
export function failureInfo(
  error: TrinoError,
  codeKey: 'errorInfo' | 'errorCode',
): ExactJson {
  const { code, name, type } = error.code;
  return {
    type: failureType(error),
    message: error.message,
    suppressed: [],
    stack: STACK,
    [codeKey]: { code, name, type },
    errorLocation: errorLocation(error),
  };
}

/** `error` of the client protocol's last page. */
export function queryError(error: TrinoError): ExactJson {
  return {
    message: error.message,
    errorCode: error.code.code,
    errorName: error.code.name,
    errorType: error.code.type,
    errorLocation: errorLocation(error),
    failureInfo: failureInfo(error, 'errorInfo'),
  };
}
