import { type SqlType, simpleTypeNames } from './SqlType';
import { TokenStream } from './TokenStream';
import { TrinoError } from './TrinoError';

const DEFAULT_TIMESTAMP_PRECISION = 3;
const MAX_DECIMAL_PRECISION = 38;

function parseNumbers(tokens: TokenStream): number[] {
  const numbers: number[] = [];
  if (tokens.takeSymbol('(')) {
    do {
      if (tokens.current.kind !== 'integer') {
        throw tokens.unexpected('<integer>');
      }
      numbers.push(Number(tokens.next().text));
    } while (tokens.takeSymbol(','));
    tokens.expectSymbol(')');
  }
  return numbers;
}

function parseTimestampType(tokens: TokenStream): SqlType {
  const [precision = DEFAULT_TIMESTAMP_PRECISION] = parseNumbers(tokens);
  const zoned = tokens.takeWord('with', 'time', 'zone');
  if (!zoned) {
    tokens.takeWord('without', 'time', 'zone');
  }
  return { kind: 'timestamp', precision, zoned };
}

function parseRowType(tokens: TokenStream): SqlType {
  const fields = [];
  tokens.expectSymbol('(');
  do {
    const named =
      tokens.peek().kind === 'word' || tokens.peek().kind === 'quoted';
    const name = named ? tokens.expectIdentifier() : undefined;
    fields.push({ name, type: parseType(tokens) });
  } while (tokens.takeSymbol(','));
  tokens.expectSymbol(')');
  return { kind: 'row', fields };
}

/** Parses a type as in CAST and CREATE TABLE. */
export function parseType(tokens: TokenStream): SqlType {
  const { location } = tokens.current;
  const name = tokens.expectIdentifier().toLowerCase();
  switch (name) {
    case 'int':
      return { kind: 'integer' };
    case 'varchar':
      return { kind: 'varchar', length: parseNumbers(tokens)[0] };
    case 'char':
      return { kind: 'char', length: parseNumbers(tokens)[0] ?? 1 };
    case 'decimal': {
      const [precision = MAX_DECIMAL_PRECISION, scale = 0] =
        parseNumbers(tokens);
      return { kind: 'decimal', precision, scale };
    }
    case 'time':
      return {
        kind: 'time',
        precision: parseNumbers(tokens)[0] ?? DEFAULT_TIMESTAMP_PRECISION,
      };
    case 'timestamp':
      return parseTimestampType(tokens);
    case 'array': {
      tokens.expectSymbol('(');
      const element = parseType(tokens);
      tokens.expectSymbol(')');
      return { kind: 'array', element };
    }
    case 'map': {
      tokens.expectSymbol('(');
      const key = parseType(tokens);
      tokens.expectSymbol(',');
      const value = parseType(tokens);
      tokens.expectSymbol(')');
      return { kind: 'map', key, value };
    }
    case 'row':
      return parseRowType(tokens);
    default: {
      const kind = simpleTypeNames.find(simple => simple === name);
      if (kind === undefined) {
        throw new TrinoError({
          name: 'TYPE_NOT_FOUND',
          message: `Unknown type: ${name}`,
          location,
        });
      }
      return { kind };
    }
  }
}
