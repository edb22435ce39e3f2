import { type ShowStatement } from './ast';
import { parseName, parseVersion } from './parseFrom';
import { TokenStream } from './TokenStream';

function takeFrom(tokens: TokenStream): boolean {
  return tokens.takeWord('from') || tokens.takeWord('in');
}

function parseLike(tokens: TokenStream): string | undefined {
  return tokens.takeWord('like') ? tokens.expectString() : undefined;
}

function expectFrom(tokens: TokenStream): void {
  if (!takeFrom(tokens)) {
    throw tokens.unexpected("'FROM', 'IN'");
  }
}

/** A table, or `(SELECT * FROM table [FOR VERSION AS OF ..])`. */
function parseShowStats(tokens: TokenStream): ShowStatement {
  if (!tokens.takeSymbol('(')) {
    return { kind: 'showStats', table: parseName(tokens) };
  }
  tokens.expectWord('select');
  tokens.expectSymbol('*');
  tokens.expectWord('from');
  const table = parseName(tokens);
  const version = parseVersion(tokens);
  tokens.expectSymbol(')');
  return { kind: 'showStats', table, version };
}

/** Parses what follows SHOW. */
export function parseShow(tokens: TokenStream): ShowStatement {
  if (tokens.takeWord('catalogs')) {
    return { kind: 'showCatalogs', like: parseLike(tokens) };
  }
  if (tokens.takeWord('schemas')) {
    const catalog = takeFrom(tokens)
      ? tokens.expectIdentifier().toLowerCase()
      : undefined;
    return { kind: 'showSchemas', catalog, like: parseLike(tokens) };
  }
  if (tokens.takeWord('tables')) {
    const schema = takeFrom(tokens) ? parseName(tokens) : undefined;
    return { kind: 'showTables', schema, like: parseLike(tokens) };
  }
  if (tokens.takeWord('columns')) {
    expectFrom(tokens);
    const table = parseName(tokens);
    return { kind: 'showColumns', table, like: parseLike(tokens) };
  }
  if (tokens.takeWord('stats', 'for')) {
    return parseShowStats(tokens);
  }
  if (tokens.takeWord('create', 'table')) {
    return { kind: 'showCreateTable', table: parseName(tokens) };
  }
  if (tokens.takeWord('session')) {
    return { kind: 'showSession', like: parseLike(tokens) };
  }
  throw tokens.unexpected(
    "'BRANCHES', 'CATALOGS', 'COLUMNS', 'CREATE', 'CURRENT', 'FUNCTIONS', 'GRANTS', 'ROLE', 'ROLES', 'SCHEMAS', 'SESSION', 'STATS', 'TABLES'",
  );
}
