import { type Expression } from './ast';
import { BIGINT, DATE, DOUBLE, INTEGER, type SqlType } from './SqlType';
import { type SqlValue } from './SqlValue';
import {
  MICROS_PER_SECOND,
  parseDate,
  parseTime,
  parseTimestamp,
} from './temporal';
import { TokenStream } from './TokenStream';
import { TrinoError } from './TrinoError';

const MAX_INTEGER = 2n ** 31n - 1n;
const MAX_BIGINT = 2n ** 63n - 1n;

const TYPED_LITERALS = [
  'date',
  'timestamp',
  'time',
  'decimal',
  'bigint',
  'integer',
  'smallint',
  'tinyint',
  'double',
  'real',
  'varchar',
  'boolean',
  'uuid',
  'json',
];

const INTERVAL_SECONDS: Record<string, bigint> = {
  second: 1n,
  minute: 60n,
  hour: 3600n,
  day: 86_400n,
  week: 604_800n,
};
const INTERVAL_MONTHS: Record<string, number> = { month: 1, year: 12 };

export function literal(value: SqlValue, type: SqlType): Expression {
  return { kind: 'literal', value, type };
}

export function textLiteral(text: string): Expression {
  return literal(text, { kind: 'varchar', length: [...text].length });
}

/** A decimal literal's type is as wide as its digits: 1.10 is decimal(3,2). */
export function decimalLiteral(text: string): Expression {
  const [whole, fraction = ''] = text.split('.');
  const digits = whole.replace(/^[-+]?0*/, '') + fraction;
  return literal(
    {
      kind: 'decimal',
      unscaled: BigInt(`${whole || '0'}${fraction}`),
      scale: fraction.length,
    },
    {
      kind: 'decimal',
      precision: Math.max(digits.length, 1),
      scale: fraction.length,
    },
  );
}

/** Parses numbers, strings and keyword literals; undefined when none stands here. */
export function parseLiteral(tokens: TokenStream): Expression | undefined {
  const { kind, text, location } = tokens.current;
  switch (kind) {
    case 'integer': {
      tokens.next();
      const value = BigInt(text);
      if (value > MAX_BIGINT) {
        throw new TrinoError({
          name: 'INVALID_LITERAL',
          message: `Invalid numeric literal: ${text}`,
          location,
        });
      }
      return literal(value, value > MAX_INTEGER ? BIGINT : INTEGER);
    }
    case 'decimal':
      tokens.next();
      return decimalLiteral(text);
    case 'double':
      tokens.next();
      return literal(Number(text), DOUBLE);
    case 'string':
      tokens.next();
      return textLiteral(text);
    case 'binary':
      tokens.next();
      return literal(Buffer.from(text, 'hex').toString('base64'), {
        kind: 'varbinary',
      });
    case 'word':
      return parseWordLiteral(tokens);
    default:
      return undefined;
  }
}

function parseWordLiteral(tokens: TokenStream): Expression | undefined {
  if (tokens.takeWord('null')) {
    return literal(undefined, { kind: 'unknown' });
  }
  if (tokens.takeWord('true')) {
    return literal(true, { kind: 'boolean' });
  }
  if (tokens.takeWord('false')) {
    return literal(false, { kind: 'boolean' });
  }
  const word = tokens.current.text.toLowerCase();
  if (word === 'interval') {
    return parseInterval(tokens);
  }
  if (TYPED_LITERALS.includes(word) && tokens.peek().kind === 'string') {
    tokens.next();
    return parseTyped(tokens, word);
  }
  return undefined;
}

function parseInterval(tokens: TokenStream): Expression | undefined {
  const signed = tokens.isSymbol('-', 1) || tokens.isSymbol('+', 1);
  if (tokens.peek(signed ? 2 : 1).kind !== 'string') {
    return undefined;
  }
  tokens.next();
  const sign = tokens.takeSymbol('-') ? -1 : 1;
  tokens.takeSymbol('+');
  const amount = Number(tokens.expectString()) * sign;
  const unit = tokens.expectIdentifier().toLowerCase();
  if (unit in INTERVAL_MONTHS) {
    return literal(
      { kind: 'interval', months: amount * INTERVAL_MONTHS[unit], micros: 0n },
      { kind: 'interval year to month' },
    );
  }
  if (!(unit in INTERVAL_SECONDS)) {
    throw tokens.unexpected("'DAY', 'HOUR', 'MINUTE', 'MONTH', 'SECOND'");
  }
  const micros = BigInt(amount) * INTERVAL_SECONDS[unit] * MICROS_PER_SECOND;
  return literal(
    { kind: 'interval', months: 0, micros },
    { kind: 'interval day to second' },
  );
}

function parseTyped(tokens: TokenStream, word: string): Expression {
  const { location } = tokens.current;
  const text = tokens.expectString();
  const invalid = () =>
    new TrinoError({
      name: 'INVALID_LITERAL',
      message: `'${text}' is not a valid ${word.toUpperCase()} literal`,
      location,
    });
  switch (word) {
    case 'date': {
      const value = parseDate(text);
      if (!value) {
        throw invalid();
      }
      return literal(value, DATE);
    }
    case 'timestamp': {
      const parsed = parseTimestamp(text);
      if (!parsed) {
        throw invalid();
      }
      const { value, precision, zoned } = parsed;
      return literal(value, { kind: 'timestamp', precision, zoned });
    }
    case 'time': {
      const parsed = parseTime(text);
      if (!parsed) {
        throw invalid();
      }
      const { value, precision } = parsed;
      return literal(value, { kind: 'time', precision });
    }
    case 'decimal':
      if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) {
        throw invalid();
      }
      return decimalLiteral(text);
    case 'varchar':
      return literal(text, { kind: 'varchar' });
    default:
      return {
        kind: 'cast',
        operand: textLiteral(text),
        type: simpleType(word),
        safe: false,
        location,
      };
  }
}

function simpleType(word: string): SqlType {
  switch (word) {
    case 'integer':
    case 'smallint':
    case 'tinyint':
    case 'double':
    case 'real':
    case 'boolean':
    case 'uuid':
    case 'json':
      return { kind: word };
    default:
      return BIGINT;
  }
}
