import fc from 'fast-check';
import { stringifyExact } from './exactJson';

describe('stringifyExact', () => {
  it('writes every digit of a bigint, as a number', () => {
    expect(stringifyExact({ id: 3929236484659805796n })).toBe(
      '{"id":3929236484659805796}',
    );
  });

  it('leaves out members that are undefined and keeps null', () => {
    expect(stringifyExact({ a: undefined, b: null, c: [undefined] })).toBe(
      '{"b":null,"c":[null]}',
    );
  });

  it('agrees with JSON.stringify wherever that can', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value);
        expect(stringifyExact(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
