import {
  type Expression,
  type OrderItem,
  type Query,
  type QueryBody,
  type SelectBody,
  type SelectItem,
} from './ast';
import { parseExpression, parseExpressionList } from './parseExpression';
import { parseFrom } from './parseFrom';
import { TokenStream } from './TokenStream';

/** Words that can't be an alias without AS. */
const RESERVED = new Set(
  'from where group having order limit offset fetch for union intersect except join inner left right full cross on using as and or not when then else end select with values natural unnest'.split(
    ' ',
  ),
);

export function startsQuery(tokens: TokenStream): boolean {
  let depth = 0;
  while (tokens.isSymbol('(', depth)) {
    depth++;
  }
  const { kind, text } = tokens.peek(depth);
  return (
    kind === 'word' && ['select', 'with', 'values'].includes(text.toLowerCase())
  );
}

/** `[AS] alias`, when one stands here. */
export function parseAlias(tokens: TokenStream): string | undefined {
  if (tokens.takeWord('as')) {
    return tokens.expectIdentifier();
  }
  const { kind, text } = tokens.current;
  const free =
    kind === 'quoted' || (kind === 'word' && !RESERVED.has(text.toLowerCase()));
  return free ? tokens.expectIdentifier() : undefined;
}

/** `(a, b)` after an alias or a table name. */
export function parseColumnNames(tokens: TokenStream): string[] | undefined {
  if (!tokens.takeSymbol('(')) {
    return undefined;
  }
  const names = [tokens.expectIdentifier()];
  while (tokens.takeSymbol(',')) {
    names.push(tokens.expectIdentifier());
  }
  tokens.expectSymbol(')');
  return names;
}

function parseSelectItem(tokens: TokenStream): SelectItem {
  const { location } = tokens.current;
  if (tokens.takeSymbol('*')) {
    return { kind: 'star', location };
  }
  const expression = parseExpression(tokens);
  if (
    expression.kind === 'name' &&
    tokens.isSymbol('.') &&
    tokens.isSymbol('*', 1)
  ) {
    tokens.next();
    tokens.next();
    return { kind: 'star', qualifier: expression.parts, location };
  }
  return { kind: 'expression', expression, alias: parseAlias(tokens) };
}

function parseGroupingSet(tokens: TokenStream): Expression[] {
  if (!tokens.takeSymbol('(')) {
    return [parseExpression(tokens)];
  }
  const items = tokens.isSymbol(')') ? [] : parseExpressionList(tokens);
  tokens.expectSymbol(')');
  return items;
}

function parseGroupingSets(tokens: TokenStream): Expression[][] {
  if (!tokens.takeWord('grouping', 'sets')) {
    return [parseExpressionList(tokens)];
  }
  tokens.expectSymbol('(');
  const sets = [parseGroupingSet(tokens)];
  while (tokens.takeSymbol(',')) {
    sets.push(parseGroupingSet(tokens));
  }
  tokens.expectSymbol(')');
  return sets;
}

function parseSelect(tokens: TokenStream): SelectBody {
  const { location } = tokens.current;
  tokens.expectWord('select');
  const distinct = tokens.takeWord('distinct');
  tokens.takeWord('all');
  const items = [parseSelectItem(tokens)];
  while (tokens.takeSymbol(',')) {
    items.push(parseSelectItem(tokens));
  }
  const from = tokens.takeWord('from') ? parseFrom(tokens) : undefined;
  const where = tokens.takeWord('where') ? parseExpression(tokens) : undefined;
  const groupingSets = tokens.takeWord('group', 'by')
    ? parseGroupingSets(tokens)
    : [];
  const having = tokens.takeWord('having')
    ? parseExpression(tokens)
    : undefined;
  return {
    kind: 'select',
    distinct,
    items,
    from,
    where,
    groupingSets,
    having,
    location,
  };
}

function parseValues(tokens: TokenStream): QueryBody {
  const rows: Expression[][] = [];
  do {
    const value = parseExpression(tokens);
    rows.push(value.kind === 'row' ? value.items : [value]);
  } while (tokens.takeSymbol(','));
  return { kind: 'values', rows };
}

function parseTerm(tokens: TokenStream): QueryBody {
  if (tokens.takeSymbol('(')) {
    const query = parseQuery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'nested', query };
  }
  return tokens.takeWord('values') ? parseValues(tokens) : parseSelect(tokens);
}

const SET_OPERATIONS = ['union', 'except', 'intersect'] as const;

function parseBody(tokens: TokenStream): QueryBody {
  let left = parseTerm(tokens);
  for (;;) {
    const kind = SET_OPERATIONS.find(word => tokens.takeWord(word));
    if (!kind) {
      return left;
    }
    const all = tokens.takeWord('all');
    tokens.takeWord('distinct');
    left = { kind, all, left, right: parseTerm(tokens) };
  }
}

function parseOrderItem(tokens: TokenStream): OrderItem {
  const expression = parseExpression(tokens);
  const descending = tokens.takeWord('desc');
  if (!descending) {
    tokens.takeWord('asc');
  }
  let nullsFirst = false;
  if (tokens.takeWord('nulls')) {
    nullsFirst = tokens.takeWord('first');
    if (!nullsFirst) {
      tokens.expectWord('last');
    }
  }
  return { expression, descending, nullsFirst };
}

/** ORDER BY, when it stands here. */
export function parseOrderBy(tokens: TokenStream): OrderItem[] {
  if (!tokens.takeWord('order', 'by')) {
    return [];
  }
  const items = [parseOrderItem(tokens)];
  while (tokens.takeSymbol(',')) {
    items.push(parseOrderItem(tokens));
  }
  return items;
}

function parseLimit(tokens: TokenStream): Expression | undefined {
  if (tokens.takeWord('fetch')) {
    if (!tokens.takeWord('first')) {
      tokens.expectWord('next');
    }
    const count = parseExpression(tokens);
    if (!tokens.takeWord('rows')) {
      tokens.expectWord('row');
    }
    tokens.expectWord('only');
    return count;
  }
  if (!tokens.takeWord('limit') || tokens.takeWord('all')) {
    return undefined;
  }
  return parseExpression(tokens);
}

function parseWith(tokens: TokenStream): Query['with'] {
  const queries: Query['with'] = [];
  if (tokens.takeWord('with')) {
    do {
      const name = tokens.expectIdentifier();
      const columns = parseColumnNames(tokens);
      tokens.expectWord('as');
      tokens.expectSymbol('(');
      queries.push({ name, columns, query: parseQuery(tokens) });
      tokens.expectSymbol(')');
    } while (tokens.takeSymbol(','));
  }
  return queries;
}

/** Parses a whole query: WITH, its body, ORDER BY, OFFSET and LIMIT. */
export function parseQuery(tokens: TokenStream): Query {
  const withQueries = parseWith(tokens);
  const body = parseBody(tokens);
  const orderBy = parseOrderBy(tokens);
  let offset: Expression | undefined;
  if (tokens.takeWord('offset')) {
    offset = parseExpression(tokens);
    if (!tokens.takeWord('rows')) {
      tokens.takeWord('row');
    }
  }
  const limit = parseLimit(tokens);
  return { with: withQueries, body, orderBy, offset, limit };
}
