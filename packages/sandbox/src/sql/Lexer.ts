import { type SourceLocation, TrinoError } from './TrinoError';

export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'binary'
  | 'integer'
  | 'decimal'
  | 'double'
  | 'symbol'
  | 'end';

export interface Token {
  kind: TokenKind;
  /** Identifiers without their quotes, strings unescaped, words as written. */
  text: string;
  location: SourceLocation;
  start: number;
  end: number;
}

const BLANK = /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const PATTERNS: [TokenKind, RegExp][] = [
  ['binary', /[xX]'(?:[^']|'')*'/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$@]*/uy],
  ['double', /(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+/y],
  ['decimal', /(?:\d+\.\d*|\.\d+)/y],
  ['integer', /\d+/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  ['string', /'(?:[^']|'')*'/y],
  ['symbol', /(?:=>|->|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;[\]?{}|:])/y],
];

function unquote(kind: TokenKind, text: string): string {
  switch (kind) {
    case 'quoted':
      return text.slice(1, -1).replaceAll('""', '"');
    case 'string':
      return text.slice(1, -1).replaceAll("''", "'");
    case 'binary':
      return text.slice(2, -1);
    default:
      return text;
  }
}

/** Keeps line and column (both from 1, as Trino counts) while reading on. */
class Position {
  private line = 1;
  private lineStart = 0;
  private seen = 0;

  constructor(private readonly sql: string) {}

  at(offset: number): SourceLocation {
    for (; this.seen < offset; this.seen++) {
      if (this.sql[this.seen] === '\n') {
        this.line++;
        this.lineStart = this.seen + 1;
      }
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }
}

/** Splits SQL into tokens; the last one is always `end`. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  const position = new Position(sql);
  let offset = 0;
  for (;;) {
    BLANK.lastIndex = offset;
    offset += BLANK.exec(sql)?.[0].length ?? 0;
    const location = position.at(offset);
    if (offset >= sql.length) {
      tokens.push({
        kind: 'end',
        text: '<EOF>',
        location,
        start: offset,
        end: offset,
      });
      return tokens;
    }
    const token = readToken(sql, offset, location);
    tokens.push(token);
    offset = token.end;
  }
}

function readToken(sql: string, start: number, location: SourceLocation) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const raw = pattern.exec(sql)?.[0];
    if (raw !== undefined) {
      const end = start + raw.length;
      return { kind, text: unquote(kind, raw), location, start, end };
    }
  }
  throw new TrinoError({
    name: 'SYNTAX_ERROR',
    message: `mismatched input '${sql[start]}'. Expecting: <expression>`,
    location,
  });
}
