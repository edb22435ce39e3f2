import { type Token, tokenize } from './Lexer';
import { TrinoError } from './TrinoError';

/** A cursor over the tokens of one statement. */
export class TokenStream {
  private index = 0;
  parameterCount = 0;

  private constructor(readonly sql: string, private readonly tokens: Token[]) {}

  static create(sql: string): TokenStream {
    return new TokenStream(sql, tokenize(sql));
  }

  get current(): Token {
    return this.tokens[this.index];
  }

  peek(distance = 1): Token {
    return this.tokens[Math.min(this.index + distance, this.tokens.length - 1)];
  }

  next(): Token {
    const token = this.current;
    if (token.kind !== 'end') {
      this.index++;
    }
    return token;
  }

  /** Whether the next tokens are these keywords, whatever their case. */
  isWord(...words: string[]): boolean {
    return words.every((word, i) => {
      const token = this.peek(i);
      return token.kind === 'word' && token.text.toLowerCase() === word;
    });
  }

  isSymbol(symbol: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === 'symbol' && token.text === symbol;
  }

  takeWord(...words: string[]): boolean {
    if (!this.isWord(...words)) {
      return false;
    }
    this.index += words.length;
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) {
      return false;
    }
    this.index++;
    return true;
  }

  expectWord(...words: string[]): void {
    for (const word of words) {
      if (!this.takeWord(word)) {
        throw this.unexpected(`'${word.toUpperCase()}'`);
      }
    }
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) {
      throw this.unexpected(`'${symbol}'`);
    }
  }

  /** An identifier: quoted keeps its case in Trino's catalogs, too: folded. */
  expectIdentifier(): string {
    const token = this.current;
    if (token.kind !== 'word' && token.kind !== 'quoted') {
      throw this.unexpected('<identifier>');
    }
    this.index++;
    return token.text;
  }

  expectString(): string {
    if (this.current.kind !== 'string') {
      throw this.unexpected('<string>');
    }
    return this.next().text;
  }

  /** The statement's text between two tokens, as it was written. */
  textSince(start: number): string {
    const last = this.tokens[Math.max(this.index - 1, 0)];
    return this.sql.slice(start, last.end);
  }

  unexpected(expecting: string): TrinoError {
    const token = this.current;
    const written =
      token.kind === 'end' ? '<EOF>' : this.sql.slice(token.start, token.end);
    return new TrinoError({
      name: 'SYNTAX_ERROR',
      message: `mismatched input '${written}'. Expecting: ${expecting}`,
      location: token.location,
    });
  }
}
