import {
  type Argument,
  type ColumnDefinition,
  type Expression,
  type Property,
  type Statement,
} from './ast';
import { parseExpression, parseExpressionList } from './parseExpression';
import { parseName } from './parseFrom';
import { parseColumnNames, parseQuery, startsQuery } from './parseQuery';
import { parseShow } from './parseShow';
import { parseType } from './parseType';
import { TokenStream } from './TokenStream';

const STATEMENTS =
  "'ALTER', 'ANALYZE', 'CALL', 'COMMENT', 'COMMIT', 'CREATE', 'DEALLOCATE', 'DELETE', 'DENY', 'DESC', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'GRANT', 'INSERT', 'MERGE', 'PREPARE', 'REFRESH', 'RESET', 'REVOKE', 'ROLLBACK', 'SET', 'SHOW', 'START', 'TRUNCATE', 'UPDATE', 'USE', 'WITH', <query>";

function parseProperties(tokens: TokenStream): Property[] {
  const properties: Property[] = [];
  if (tokens.takeWord('with')) {
    tokens.expectSymbol('(');
    do {
      const name = tokens.expectIdentifier();
      tokens.expectSymbol('=');
      properties.push({ name, value: parseExpression(tokens) });
    } while (tokens.takeSymbol(','));
    tokens.expectSymbol(')');
  }
  return properties;
}

function parseArguments(tokens: TokenStream): Argument[] {
  const args: Argument[] = [];
  if (!tokens.takeSymbol('(') || tokens.takeSymbol(')')) {
    return args;
  }
  do {
    const named = tokens.isSymbol('=>', 1);
    const name = named ? tokens.expectIdentifier().toLowerCase() : undefined;
    tokens.takeSymbol('=>');
    args.push({ name, value: parseExpression(tokens) });
  } while (tokens.takeSymbol(','));
  tokens.expectSymbol(')');
  return args;
}

function parseColumn(tokens: TokenStream): ColumnDefinition {
  const name = tokens.expectIdentifier().toLowerCase();
  const type = parseType(tokens);
  if (tokens.takeWord('not')) {
    tokens.expectWord('null');
  }
  const comment = tokens.takeWord('comment')
    ? tokens.expectString()
    : undefined;
  return { name, type, comment };
}

function parseCreate(tokens: TokenStream): Statement {
  if (tokens.takeWord('schema')) {
    const ifNotExists = tokens.takeWord('if', 'not', 'exists');
    const name = parseName(tokens);
    parseProperties(tokens);
    return { kind: 'createSchema', name, ifNotExists };
  }
  tokens.expectWord('table');
  const ifNotExists = tokens.takeWord('if', 'not', 'exists');
  const name = parseName(tokens);
  const columns: ColumnDefinition[] = [];
  if (tokens.isSymbol('(') && !startsQuery(tokens)) {
    tokens.next();
    do {
      columns.push(parseColumn(tokens));
    } while (tokens.takeSymbol(','));
    tokens.expectSymbol(')');
  }
  const comment = tokens.takeWord('comment')
    ? tokens.expectString()
    : undefined;
  const properties = parseProperties(tokens);
  if (columns.length > 0) {
    return {
      kind: 'createTable',
      name,
      ifNotExists,
      columns,
      properties,
      comment,
    };
  }
  tokens.expectWord('as');
  const query = parseQuery(tokens);
  const withData = !tokens.takeWord('with', 'no', 'data');
  if (withData) {
    tokens.takeWord('with', 'data');
  }
  return {
    kind: 'createTableAs',
    name,
    ifNotExists,
    properties,
    query,
    withData,
  };
}

function parseDrop(tokens: TokenStream): Statement {
  const schema = tokens.takeWord('schema');
  if (!schema) {
    tokens.expectWord('table');
  }
  const ifExists = tokens.takeWord('if', 'exists');
  const name = parseName(tokens);
  return schema
    ? { kind: 'dropSchema', name, ifExists }
    : { kind: 'dropTable', name, ifExists };
}

function parseInsert(tokens: TokenStream): Statement {
  tokens.expectWord('into');
  const table = parseName(tokens);
  const columns = startsQuery(tokens) ? undefined : parseColumnNames(tokens);
  return { kind: 'insert', table, columns, query: parseQuery(tokens) };
}

function parseAlter(tokens: TokenStream): Statement {
  tokens.expectWord('table');
  const table = parseName(tokens);
  tokens.expectWord('execute');
  const procedure = tokens.expectIdentifier().toLowerCase();
  const args = parseArguments(tokens);
  const where = parseWhere(tokens);
  return { kind: 'tableExecute', table, procedure, args, where };
}

function parseWhere(tokens: TokenStream): Expression | undefined {
  return tokens.takeWord('where') ? parseExpression(tokens) : undefined;
}

function parseUsing(tokens: TokenStream): Expression[] {
  return tokens.takeWord('using') ? parseExpressionList(tokens) : [];
}

function parseExecute(tokens: TokenStream): Statement {
  if (tokens.takeWord('immediate')) {
    const sql = tokens.expectString();
    return { kind: 'executeImmediate', sql, using: parseUsing(tokens) };
  }
  const name = tokens.expectIdentifier();
  return { kind: 'execute', name, using: parseUsing(tokens) };
}

function parsePrepare(tokens: TokenStream): Statement {
  const name = tokens.expectIdentifier();
  tokens.expectWord('from');
  const { start } = tokens.current;
  parseAny(tokens);
  return { kind: 'prepare', name, sql: tokens.textSince(start) };
}

function parseUse(tokens: TokenStream): Statement {
  const [first, second] = parseName(tokens).parts;
  return second === undefined
    ? { kind: 'use', schema: first }
    : { kind: 'use', catalog: first, schema: second };
}

/** `(TYPE LOGICAL, FORMAT JSON)`: only the format matters here. */
function parseExplainFormat(tokens: TokenStream): 'text' | 'json' {
  let format: 'text' | 'json' = 'text';
  if (!tokens.isSymbol('(') || startsQuery(tokens)) {
    return format;
  }
  tokens.next();
  do {
    const option = tokens.expectIdentifier().toLowerCase();
    const value = tokens.expectIdentifier().toLowerCase();
    if (option === 'format' && value === 'json') {
      format = 'json';
    }
  } while (tokens.takeSymbol(','));
  tokens.expectSymbol(')');
  return format;
}

function parseExplain(tokens: TokenStream): Statement {
  const analyze = tokens.takeWord('analyze');
  tokens.takeWord('verbose');
  const format = parseExplainFormat(tokens);
  return { kind: 'explain', analyze, format, statement: parseAny(tokens) };
}

function parseSession(tokens: TokenStream): string {
  tokens.expectWord('session');
  const parts = [tokens.expectIdentifier()];
  while (tokens.takeSymbol('.')) {
    parts.push(tokens.expectIdentifier());
  }
  return parts.join('.');
}

function parseSetSession(tokens: TokenStream): Statement {
  const name = parseSession(tokens);
  tokens.expectSymbol('=');
  return { kind: 'setSession', name, value: parseExpression(tokens) };
}

const PARSERS: Record<string, (tokens: TokenStream) => Statement> = {
  show: parseShow,
  describe: tokens => ({ kind: 'showColumns', table: parseName(tokens) }),
  desc: tokens => ({ kind: 'showColumns', table: parseName(tokens) }),
  analyze: tokens => ({
    kind: 'analyze',
    table: parseName(tokens),
    properties: parseProperties(tokens),
  }),
  alter: parseAlter,
  call: tokens => ({
    kind: 'callProcedure',
    name: parseName(tokens),
    args: parseArguments(tokens),
  }),
  create: parseCreate,
  drop: parseDrop,
  insert: parseInsert,
  delete: tokens => {
    tokens.expectWord('from');
    const table = parseName(tokens);
    return { kind: 'delete', table, where: parseWhere(tokens) };
  },
  prepare: parsePrepare,
  deallocate: tokens => {
    tokens.expectWord('prepare');
    return { kind: 'deallocate', name: tokens.expectIdentifier() };
  },
  execute: parseExecute,
  explain: parseExplain,
  set: parseSetSession,
  reset: tokens => ({ kind: 'resetSession', name: parseSession(tokens) }),
  use: parseUse,
};

function parseAny(tokens: TokenStream): Statement {
  if (startsQuery(tokens)) {
    return { kind: 'select', query: parseQuery(tokens) };
  }
  const { kind, text } = tokens.current;
  const word = kind === 'word' ? text.toLowerCase() : '';
  if (!Object.hasOwn(PARSERS, word)) {
    throw tokens.unexpected(STATEMENTS);
  }
  tokens.next();
  return PARSERS[word](tokens);
}

/** Parses one statement; text after it is a syntax error, as in Trino. */
export function parseStatement(sql: string): Statement {
  const tokens = TokenStream.create(sql);
  const statement = parseAny(tokens);
  if (tokens.current.kind !== 'end') {
    throw tokens.unexpected('<EOF>');
  }
  return statement;
}
