import { type Expression, type WindowSpecification } from './ast';
import { parseExpression, parseExpressionList } from './parseExpression';
import { parseLiteral } from './parseLiteral';
import { parseOrderBy, parseQuery, startsQuery } from './parseQuery';
import { parseType } from './parseType';
import { TokenStream } from './TokenStream';
import { type SourceLocation } from './TrinoError';

/** Functions that SQL writes without parentheses. */
const BARE_FUNCTIONS = [
  'current_user',
  'current_catalog',
  'current_schema',
  'current_date',
  'current_timestamp',
  'localtimestamp',
];

/** Words that end an expression and therefore can't begin one. */
const STOP_WORDS = new Set(
  'from where group having order limit offset union as on when then else end and or fetch select'.split(
    ' ',
  ),
);

function call(
  name: string,
  args: Expression[],
  location: SourceLocation,
): Expression {
  return { kind: 'call', name, args, distinct: false, star: false, location };
}

function parseCast(tokens: TokenStream, safe: boolean): Expression {
  const { location } = tokens.current;
  tokens.next();
  tokens.expectSymbol('(');
  const operand = parseExpression(tokens);
  tokens.expectWord('as');
  const type = parseType(tokens);
  tokens.expectSymbol(')');
  return { kind: 'cast', operand, type, safe, location };
}

function parseCase(tokens: TokenStream): Expression {
  const { location } = tokens.next();
  const operand = tokens.isWord('when') ? undefined : parseExpression(tokens);
  const branches = [];
  while (tokens.takeWord('when')) {
    const when = parseExpression(tokens);
    tokens.expectWord('then');
    branches.push({ when, then: parseExpression(tokens) });
  }
  const otherwise = tokens.takeWord('else')
    ? parseExpression(tokens)
    : undefined;
  tokens.expectWord('end');
  return { kind: 'case', operand, branches, otherwise, location };
}

function parseArray(tokens: TokenStream): Expression {
  const { location } = tokens.next();
  tokens.expectSymbol('[');
  const items = tokens.isSymbol(']') ? [] : parseExpressionList(tokens);
  tokens.expectSymbol(']');
  return { kind: 'array', items, location };
}

function parseParenthesised(tokens: TokenStream): Expression {
  const { location } = tokens.next();
  if (startsQuery(tokens)) {
    const query = parseQuery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'query', query, location };
  }
  const items = parseExpressionList(tokens);
  tokens.expectSymbol(')');
  return items.length === 1 ? items[0] : { kind: 'row', items };
}

function parseCall(tokens: TokenStream): Expression {
  const { location } = tokens.current;
  const name = tokens.expectIdentifier().toLowerCase();
  tokens.expectSymbol('(');
  const star = tokens.takeSymbol('*');
  const distinct = tokens.takeWord('distinct');
  const args =
    star || tokens.isSymbol(')') ? [] : parseCallArguments(tokens, name);
  tokens.expectSymbol(')');
  if (name === 'row') {
    return { kind: 'row', items: args };
  }
  let filter: Expression | undefined;
  if (tokens.isWord('filter') && tokens.isSymbol('(', 1)) {
    tokens.next();
    tokens.next();
    tokens.expectWord('where');
    filter = parseExpression(tokens);
    tokens.expectSymbol(')');
  }
  const over = tokens.isWord('over') ? parseOver(tokens) : undefined;
  return { kind: 'call', name, args, distinct, star, filter, over, location };
}

function parseOver(tokens: TokenStream): WindowSpecification {
  tokens.expectWord('over');
  tokens.expectSymbol('(');
  const partitionBy = tokens.takeWord('partition', 'by')
    ? parseExpressionList(tokens)
    : [];
  const orderBy = parseOrderBy(tokens);
  tokens.expectSymbol(')');
  return { partitionBy, orderBy };
}

function parseCallArguments(tokens: TokenStream, name: string): Expression[] {
  if (name === 'extract') {
    const { location } = tokens.current;
    const field = tokens.expectIdentifier().toLowerCase();
    tokens.expectWord('from');
    return [call(field, [parseExpression(tokens)], location)];
  }
  return parseExpressionList(tokens);
}

function parseNamed(tokens: TokenStream): Expression {
  const { location, kind, text } = tokens.current;
  const word = kind === 'word' ? text.toLowerCase() : undefined;
  if (word !== undefined && BARE_FUNCTIONS.includes(word)) {
    tokens.next();
    if (tokens.takeSymbol('(')) {
      tokens.expectSymbol(')');
    }
    return call(word, [], location);
  }
  if (tokens.isSymbol('(', 1)) {
    return parseCall(tokens);
  }
  return { kind: 'name', parts: [tokens.expectIdentifier()], location };
}

function parseBase(tokens: TokenStream): Expression {
  const literal = parseLiteral(tokens);
  if (literal) {
    return literal;
  }
  if (tokens.isSymbol('(')) {
    return parseParenthesised(tokens);
  }
  if (tokens.takeSymbol('?')) {
    return { kind: 'parameter', index: tokens.parameterCount++ };
  }
  const { kind, text } = tokens.current;
  if (kind === 'word') {
    switch (text.toLowerCase()) {
      case 'cast':
        return parseCast(tokens, false);
      case 'try_cast':
        return parseCast(tokens, true);
      case 'case':
        return parseCase(tokens);
      case 'array':
        return tokens.isSymbol('[', 1)
          ? parseArray(tokens)
          : parseNamed(tokens);
      case 'exists': {
        tokens.next();
        tokens.expectSymbol('(');
        const query = parseQuery(tokens);
        tokens.expectSymbol(')');
        return { kind: 'exists', query };
      }
      default:
        if (STOP_WORDS.has(text.toLowerCase())) {
          throw tokens.unexpected('<expression>');
        }
    }
  }
  if (kind !== 'word' && kind !== 'quoted') {
    throw tokens.unexpected('<expression>');
  }
  return parseNamed(tokens);
}

/** A value with its subscripts, field accesses and time zone. */
export function parsePrimary(tokens: TokenStream): Expression {
  let base = parseBase(tokens);
  for (;;) {
    const { location } = tokens.current;
    if (tokens.takeSymbol('[')) {
      const index = parseExpression(tokens);
      tokens.expectSymbol(']');
      base = { kind: 'subscript', base, index, location };
    } else if (tokens.isSymbol('.') && !tokens.isSymbol('*', 1)) {
      tokens.next();
      const field = tokens.expectIdentifier();
      base =
        base.kind === 'name'
          ? { ...base, parts: [...base.parts, field] }
          : { kind: 'field', base, field, location };
    } else if (tokens.takeWord('at', 'time', 'zone')) {
      base = call('at_timezone', [base, parsePrimary(tokens)], location);
    } else {
      return base;
    }
  }
}
