import fc from 'fast-check';
import {
  quoteIdentifier,
  quoteMetadataTable,
  quoteString,
  quoteTable,
} from './identifiers';

/** Reads one quoted token by SQL's rule, and demands that nothing comes after it. */
function unquote(sql: string, quote: string): string {
  expect(sql[0]).toBe(quote);
  let at = 1;
  let text = '';
  while (at < sql.length) {
    if (sql[at] !== quote) text += sql[at];
    else if (sql[at + 1] === quote) {
      text += quote;
      at += 1;
    } else break;
    at += 1;
  }
  expect(at).toBe(sql.length - 1);
  return text;
}

describe('quoteIdentifier', () => {
  it.each([
    ['orders', '"orders"'],
    ['we"ird.na$me ü', '"we""ird.na$me ü"'],
    ['"', '""""'],
    ['Ünïcode 表 🚀', '"Ünïcode 表 🚀"'],
    ["it's; DROP TABLE x --", '"it\'s; DROP TABLE x --"'],
    ['a\nb\tc', '"a\nb\tc"'],
  ])('writes %j as %s', (name, sql) => {
    expect(quoteIdentifier(name)).toBe(sql);
  });

  it.each(['', 'a\0b', '\ud800'])('refuses %j', name => {
    expect(() => quoteIdentifier(name)).toThrow('name');
  });

  it('always stays one token that reads as the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), name => {
        fc.pre(!name.includes('\0'));
        expect(unquote(quoteIdentifier(name), '"')).toBe(name);
      }),
    );
  });
});

describe('quoteTable and quoteMetadataTable', () => {
  const table = { catalog: 'ice.berg', schema: 'la"ke', table: 'or$ders' };

  it('quotes each part', () => {
    expect(quoteTable(table)).toBe('"ice.berg"."la""ke"."or$ders"');
    expect(quoteMetadataTable(table, 'snapshots')).toBe(
      '"ice.berg"."la""ke"."or$ders$snapshots"',
    );
  });

  it.each(['', 'Files', 'files" --', 'a$b'])('refuses the kind %j', kind => {
    expect(() => quoteMetadataTable(table, kind)).toThrow(
      'not a kind of metadata table',
    );
  });
});

describe('quoteString', () => {
  it.each([
    ['', "''"],
    ["it's", "'it''s'"],
    ["\\' OR 1=1 --", "'\\'' OR 1=1 --'"],
    ['zu spät: 表 🚀\n', "'zu spät: 表 🚀\n'"],
  ])('writes %j as %s', (text, sql) => {
    expect(quoteString(text)).toBe(sql);
  });

  it('refuses what no text can hold', () => {
    expect(() => quoteString('a\0')).toThrow('U+0000');
  });

  it('always stays one token that reads as the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        fc.pre(!text.includes('\0'));
        expect(unquote(quoteString(text), "'")).toBe(text);
      }),
    );
  });
});
