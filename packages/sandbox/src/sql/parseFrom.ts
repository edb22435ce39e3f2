import { type Expression, type FromItem, type QualifiedName } from './ast';
import { parseExpression, parseExpressionList } from './parseExpression';
import {
  parseAlias,
  parseColumnNames,
  parseQuery,
  startsQuery,
} from './parseQuery';
import { TokenStream } from './TokenStream';

/** Trino folds every identifier of a table's name to lower case. */
export function parseName(tokens: TokenStream): QualifiedName {
  const { location } = tokens.current;
  const parts = [tokens.expectIdentifier().toLowerCase()];
  while (tokens.takeSymbol('.')) {
    parts.push(tokens.expectIdentifier().toLowerCase());
  }
  return { parts, location };
}

function withAlias(tokens: TokenStream) {
  const alias = parseAlias(tokens);
  const columns = alias === undefined ? undefined : parseColumnNames(tokens);
  return { alias, columns };
}

function parseUnnest(tokens: TokenStream): FromItem {
  tokens.expectSymbol('(');
  const expressions = parseExpressionList(tokens);
  tokens.expectSymbol(')');
  const ordinality = tokens.takeWord('with', 'ordinality');
  return { kind: 'unnest', expressions, ordinality, ...withAlias(tokens) };
}

/** FOR VERSION AS OF, when it stands here. */
export function parseVersion(tokens: TokenStream): Expression | undefined {
  return tokens.takeWord('for', 'version', 'as', 'of')
    ? parseExpression(tokens)
    : undefined;
}

function parseRelation(tokens: TokenStream): FromItem {
  if (tokens.takeWord('unnest')) {
    return parseUnnest(tokens);
  }
  if (!tokens.isSymbol('(')) {
    const name = parseName(tokens);
    const version = parseVersion(tokens);
    return { kind: 'table', name, version, ...withAlias(tokens) };
  }
  tokens.next();
  if (startsQuery(tokens)) {
    const query = parseQuery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'subquery', query, ...withAlias(tokens) };
  }
  const inner = parseFrom(tokens);
  tokens.expectSymbol(')');
  return inner;
}

function takeJoin(tokens: TokenStream): 'inner' | 'left' | 'cross' | undefined {
  if (tokens.takeWord('cross', 'join')) {
    return 'cross';
  }
  if (
    tokens.takeWord('left', 'outer', 'join') ||
    tokens.takeWord('left', 'join')
  ) {
    return 'left';
  }
  return tokens.takeWord('inner', 'join') || tokens.takeWord('join')
    ? 'inner'
    : undefined;
}

function parseJoins(tokens: TokenStream): FromItem {
  let left = parseRelation(tokens);
  for (;;) {
    const type = takeJoin(tokens);
    if (!type) {
      return left;
    }
    const right = parseRelation(tokens);
    if (type === 'cross') {
      left = { kind: 'join', type, left, right };
    } else if (tokens.takeWord('using')) {
      const using = parseColumnNames(tokens);
      left = { kind: 'join', type, left, right, using };
    } else {
      tokens.expectWord('on');
      left = { kind: 'join', type, left, right, on: parseExpression(tokens) };
    }
  }
}

/** Everything after FROM; commas are cross joins. */
export function parseFrom(tokens: TokenStream): FromItem {
  let left = parseJoins(tokens);
  while (tokens.takeSymbol(',')) {
    left = { kind: 'join', type: 'cross', left, right: parseJoins(tokens) };
  }
  return left;
}
