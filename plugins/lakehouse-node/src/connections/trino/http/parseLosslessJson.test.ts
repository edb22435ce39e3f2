import fc from 'fast-check';
import { parseLosslessJson } from './parseLosslessJson';

describe('parseLosslessJson', () => {
  it.each<[string, unknown]>([
    ['1', 1],
    ['-0', -0],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['3929236484659805796', '3929236484659805796'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['1.2345678901234567E19', 1.2345678901234567e19],
    ['0.12345678901234567', 0.12345678901234567],
    ['"12345678901234567890"', '12345678901234567890'],
    [
      '{"a":[{"b":9223372036854775807}],"c":null}',
      { a: [{ b: '9223372036854775807' }], c: null },
    ],
  ])('reads %s', (text, value) => {
    expect(parseLosslessJson(text)).toEqual(value);
  });

  it.each(['', '{', '[1', '<html>', '12345678901234567890x'])(
    'refuses %j',
    text => {
      expect(() => parseLosslessJson(text)).toThrow(SyntaxError);
    },
  );

  it('never changes the digits of a 64-bit integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), n => {
        expect(String(parseLosslessJson(`${n}`))).toBe(`${n}`);
      }),
    );
  });

  it('reads everything else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseLosslessJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
