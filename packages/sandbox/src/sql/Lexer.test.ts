import fc from 'fast-check';
import { tokenize } from './Lexer';
import { TrinoError } from './TrinoError';

describe('tokenize', () => {
  const kinds = (sql: string) =>
    tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);

  it('tells words, quoted names, strings and numbers apart', () => {
    expect(kinds(`SELECT "a""b", 'it''s', 12, 1.5, 2e3, X'00ff'`)).toEqual([
      'word SELECT',
      'quoted a"b',
      'symbol ,',
      "string it's",
      'symbol ,',
      'integer 12',
      'symbol ,',
      'decimal 1.5',
      'symbol ,',
      'double 2e3',
      'symbol ,',
      'binary 00ff',
      'end <EOF>',
    ]);
  });

  it('skips comments and keeps lines and columns', () => {
    const tokens = tokenize('-- first\nSELECT /* two\nlines */ 1');
    expect(tokens.map(token => token.location)).toEqual([
      { line: 2, column: 1 },
      { line: 3, column: 10 },
      { line: 3, column: 11 },
    ]);
  });

  it('refuses a string without an end', () => {
    expect(() => tokenize("SELECT 'open")).toThrow(TrinoError);
    expect(() => tokenize("SELECT 'open")).toThrow('line 1:8');
  });

  it('brings any text through quoting and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const quoted = `'${text.replaceAll("'", "''")}'`;
        const named = `"${text.replaceAll('"', '""')}"`;
        expect(tokenize(quoted)[0]).toMatchObject({ kind: 'string', text });
        expect(tokenize(named)[0]).toMatchObject({ kind: 'quoted', text });
      }),
    );
  });
});
