import { type BinaryOperator, type Expression } from './ast';
import { parsePrimary } from './parsePrimary';
import { parseQuery, startsQuery } from './parseQuery';
import { TokenStream } from './TokenStream';
import { type SourceLocation } from './TrinoError';

const COMPARISONS: Record<string, BinaryOperator> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const ADDITIVE: Record<string, BinaryOperator> = {
  '+': '+',
  '-': '-',
  '||': '||',
};
const MULTIPLICATIVE: Record<string, BinaryOperator> = {
  '*': '*',
  '/': '/',
  '%': '%',
};

function binary(
  operator: BinaryOperator,
  sides: { left: Expression; right: Expression; location: SourceLocation },
): Expression {
  return { kind: 'binary', operator, ...sides };
}

function takeOperator(
  tokens: TokenStream,
  operators: Record<string, BinaryOperator>,
): BinaryOperator | undefined {
  const { kind, text } = tokens.current;
  return kind === 'symbol' && Object.hasOwn(operators, text)
    ? operators[tokens.next().text]
    : undefined;
}

function parseMultiplicative(tokens: TokenStream): Expression {
  let left = parseUnary(tokens);
  for (;;) {
    const { location } = tokens.current;
    const operator = takeOperator(tokens, MULTIPLICATIVE);
    if (!operator) {
      return left;
    }
    left = binary(operator, { left, right: parseUnary(tokens), location });
  }
}

function parseUnary(tokens: TokenStream): Expression {
  if (tokens.takeSymbol('-')) {
    return { kind: 'unary', operator: '-', operand: parseUnary(tokens) };
  }
  if (tokens.takeSymbol('+')) {
    return { kind: 'unary', operator: '+', operand: parseUnary(tokens) };
  }
  return parsePrimary(tokens);
}

/** Arithmetic and concatenation: what stands on each side of a predicate. */
export function parseValue(tokens: TokenStream): Expression {
  let left = parseMultiplicative(tokens);
  for (;;) {
    const { location } = tokens.current;
    const operator = takeOperator(tokens, ADDITIVE);
    if (!operator) {
      return left;
    }
    const right = parseMultiplicative(tokens);
    left = binary(operator, { left, right, location });
  }
}

function parseIs(tokens: TokenStream, operand: Expression): Expression {
  const { location } = tokens.current;
  const negated = tokens.takeWord('not');
  if (tokens.takeWord('distinct', 'from')) {
    const right = parseValue(tokens);
    const distinct = binary('distinct', { left: operand, right, location });
    return negated
      ? { kind: 'unary', operator: 'not', operand: distinct }
      : distinct;
  }
  tokens.expectWord('null');
  return { kind: 'isNull', operand, negated };
}

function parseIn(
  tokens: TokenStream,
  operand: Expression,
  negated: boolean,
): Expression {
  const { location } = tokens.current;
  tokens.expectSymbol('(');
  if (startsQuery(tokens)) {
    const query = parseQuery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'inQuery', operand, query, negated, location };
  }
  const items = parseExpressionList(tokens);
  tokens.expectSymbol(')');
  return { kind: 'in', operand, items, negated, location };
}

function parseLike(
  tokens: TokenStream,
  operand: Expression,
  negated: boolean,
): Expression {
  const pattern = parseValue(tokens);
  const escape = tokens.takeWord('escape') ? parseValue(tokens) : undefined;
  return { kind: 'like', operand, pattern, escape, negated };
}

function parsePredicate(tokens: TokenStream): Expression {
  let left = parseValue(tokens);
  for (;;) {
    const { location } = tokens.current;
    const operator = takeOperator(tokens, COMPARISONS);
    if (operator) {
      left = binary(operator, { left, right: parseValue(tokens), location });
      continue;
    }
    if (tokens.takeWord('is')) {
      left = parseIs(tokens, left);
      continue;
    }
    const negated = tokens.takeWord('not');
    if (tokens.takeWord('in')) {
      left = parseIn(tokens, left, negated);
    } else if (tokens.takeWord('like')) {
      left = parseLike(tokens, left, negated);
    } else if (tokens.takeWord('between')) {
      const low = parseValue(tokens);
      tokens.expectWord('and');
      const high = parseValue(tokens);
      left = { kind: 'between', operand: left, low, high, negated, location };
    } else if (negated) {
      throw tokens.unexpected("'BETWEEN', 'IN', 'LIKE'");
    } else {
      return left;
    }
  }
}

function parseNot(tokens: TokenStream): Expression {
  return tokens.takeWord('not')
    ? { kind: 'unary', operator: 'not', operand: parseNot(tokens) }
    : parsePredicate(tokens);
}

function parseAnd(tokens: TokenStream): Expression {
  let left = parseNot(tokens);
  for (;;) {
    const { location } = tokens.current;
    if (!tokens.takeWord('and')) {
      return left;
    }
    left = binary('and', { left, right: parseNot(tokens), location });
  }
}

/** Parses one expression of any precedence. */
export function parseExpression(tokens: TokenStream): Expression {
  let left = parseAnd(tokens);
  for (;;) {
    const { location } = tokens.current;
    if (!tokens.takeWord('or')) {
      return left;
    }
    left = binary('or', { left, right: parseAnd(tokens), location });
  }
}

/** One or more expressions with commas between them. */
export function parseExpressionList(tokens: TokenStream): Expression[] {
  const items = [parseExpression(tokens)];
  while (tokens.takeSymbol(',')) {
    items.push(parseExpression(tokens));
  }
  return items;
}
