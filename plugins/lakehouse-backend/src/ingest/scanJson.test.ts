import fc from 'fast-check';
import { scanJson, type Shape } from './scanJson';

const text: Shape = { kind: 'text', maxBytes: 1_000_000 };
const number: Shape = { kind: 'number' };
const shape: Shape = {
  kind: 'object',
  fields: {
    a: text,
    n: number,
    l: { kind: 'list', items: text, max: 3 },
    o: { kind: 'object', fields: { a: text, n: number } },
  },
};

/** What `scanJson` should make of a value that `JSON.parse` gave. */
function pick(value: unknown, by: Shape): unknown {
  if (by.kind === 'text') return typeof value === 'string' ? value : undefined;
  if (by.kind === 'number') {
    return typeof value === 'number' ? value : undefined;
  }
  if (by.kind === 'list') {
    if (!Array.isArray(value)) return undefined;
    return value
      .map(item => pick(item, by.items))
      .filter(item => item !== undefined)
      .slice(0, by.max);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(by.fields)
      .map(([key, inner]) => [
        key,
        pick((value as Record<string, unknown>)[key], inner),
      ])
      .filter(([, found]) => found !== undefined),
  );
}

/** Numbers are told as written; JSON.parse reads them. */
function readNumbers(value: unknown, by: Shape): unknown {
  if (value === undefined || by.kind === 'text') return value;
  if (by.kind === 'number') return JSON.parse(value as string);
  if (by.kind === 'list') {
    return (value as unknown[]).map(item => readNumbers(item, by.items));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [
      key,
      readNumbers(inner, by.fields[key]),
    ]),
  );
}

function outcome(work: () => unknown) {
  try {
    return { value: work() };
  } catch {
    return { failed: true };
  }
}

const scanned = (json: string) =>
  outcome(() => readNumbers(scanJson(Buffer.from(json), shape), shape));
const parsed = (json: string) =>
  outcome(() => pick(JSON.parse(Buffer.from(json).toString()), shape));

const anyText = fc.string({ unit: 'binary' });
const anyJson = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false, -0, 1e308, 123456789012345),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('a', 'n', 'l', 'o', '__proto__'), anyText),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

/** Writes JSON as nobody does: with white space, and escapes where none are needed. */
function oddly(value: unknown, odd: () => number): string {
  const space = () => ['', ' ', '\n\t', '\r'][odd() % 4];
  const quote = (string: string) =>
    JSON.stringify(string).replace(/[a-z]/g, letter =>
      odd() % 7 === 0 && !JSON.stringify(string).includes('\\')
        ? `\\u00${letter.charCodeAt(0).toString(16)}`
        : letter,
    );
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) {
    return `[${space()}${value
      .map(item => oddly(item, odd) + space())
      .join(`,${space()}`)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${space()}${Object.entries(value)
      .map(([key, inner]) => `${quote(key)}${space()}:${oddly(inner, odd)}`)
      .join(`${space()},${space()}`)}}`;
  }
  return JSON.stringify(value);
}

describe('scanJson', () => {
  it('finds in any JSON what JSON.parse finds', () => {
    fc.assert(
      fc.property(
        anyJson,
        fc.infiniteStream(fc.nat({ max: 100 })),
        (value, stream) => {
          const json = oddly(value, () => stream.next().value);
          expect(scanned(json)).toEqual(parsed(json));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('takes exactly what JSON.parse takes, when any byte is changed or cut', () => {
    const odd = fc.constantFrom(
      ...'{}[]",:\\eE+-.0123456789tfnu \n\t\0\u001f\u00a0\ufeffaé'.split(''),
    );
    fc.assert(
      fc.property(
        anyJson,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.array(odd, { maxLength: 3 }),
        (value, at, remove, insert) => {
          const json = JSON.stringify(value);
          const place = at % (json.length + 1);
          const changed =
            json.slice(0, place) + insert.join('') + json.slice(place + remove);
          expect(scanned(changed)).toEqual(parsed(changed));
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('takes exactly what JSON.parse takes of short texts', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.constantFrom(
              ...['{', '}', '[', ']', ',', ':', '"a"', '"n"', '"\\u00', '1'],
              ...['-', '0', '.', 'e', 'true', 'nul', 'l', ' ', '"', '\\"'],
            ),
            { maxLength: 9 },
          )
          .map(parts => parts.join('')),
        json => {
          expect(scanned(json)).toEqual(parsed(json));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('keeps 64-bit numbers exact', () => {
    const body = Buffer.from('{"n": 3929236484659805796}');
    expect(scanJson(body, shape)).toEqual({ n: '3929236484659805796' });
  });

  it('lets the last of two equal keys count', () => {
    expect(scanned('{"a":"x","a":"y"}')).toEqual({ value: { a: 'y' } });
    expect(scanned('{"a":"x","a":null}')).toEqual({ value: {} });
    expect(scanned('{"o":{"a":"x"},"o":{"n":1}}')).toEqual({
      value: { o: { n: 1 } },
    });
  });

  it('cuts long texts between characters and escapes', () => {
    const cut = (value: string, maxBytes: number) =>
      scanJson(Buffer.from(value), { kind: 'text', maxBytes });
    expect(cut('"aé\u{1F600}b"', 3)).toBe('aé');
    expect(cut('"aé\u{1F600}b"', 6)).toBe('aé');
    expect(cut('"aé\u{1F600}b"', 7)).toBe('aé\u{1F600}');
    expect(cut('"ab\\ncd"', 3)).toBe('ab');
    expect(cut('"ab\\ncd"', 4)).toBe('ab\n');
    expect(cut('"a\\u00e9b"', 6)).toBe('a');
  });

  it('tells where it stops being JSON', () => {
    const scan = (json: string) => () => scanJson(Buffer.from(json), shape);
    expect(scan('{"a": nope}')).toThrow(/byte 7/);
    expect(scan('{"a": tru')).toThrow(/ends too early, after 9 bytes/);
    expect(scan('{"a": x}')).toThrow(/byte 6/);
    expect(scan('{"a": "x')).toThrow(/ends too early, after 8 bytes/);
    expect(scan('')).toThrow(/ends too early, after 0 bytes/);
    expect(scan('{} x')).toThrow(/byte 3/);
  });

  it('refuses endless nesting instead of running out of stack', () => {
    const deep = (depth: number) =>
      Buffer.from(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(scanJson(deep(1_000), text)).toBeUndefined();
    expect(() => scanJson(deep(100_000), text)).toThrow(/deeper than 1000/);
    expect(() =>
      scanJson(Buffer.from(`{"x":${'{"a":'.repeat(50_000)}`), shape),
    ).toThrow(/deeper than 1000/);
  });
});
