import { InputError } from '@backstage/errors';

/** Which parts of a JSON text to build. All else is checked and skipped. */
export type Shape =
  /** A string, of which about `maxBytes` bytes are read. */
  | { readonly kind: 'text'; readonly maxBytes: number }
  /** A number, as it is written: 64-bit values stay exact. */
  | { readonly kind: 'number' }
  /** An array, of which `max` fitting items are built. */
  | { readonly kind: 'list'; readonly items: Shape; readonly max: number }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
    };

/** What was built. Values of another kind than their shape, null among them, are absent. */
export type Scanned =
  | string
  | readonly Scanned[]
  | { readonly [field: string]: Scanned };

/** Deeper nesting is refused; Trino's plans stay well under it. */
const MAX_DEPTH = 1_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
const LOWER_U = 0x75;

/** Bytes that end a run of plain characters in a string. */
const STOPS_STRING = new Uint8Array(256);
STOPS_STRING.fill(1, 0, 0x20);
STOPS_STRING[QUOTE] = 1;
STOPS_STRING[BACKSLASH] = 1;

const IS_SPACE = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) IS_SPACE[byte] = 1;

const IS_HEX = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF')) IS_HEX[byte] = 1;

const IS_ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) IS_ESCAPE[byte] = 1;

const LITERALS = ['true', 'false', 'null'].map(word => Buffer.from(word));

/** Containers that are open while a value is skipped: 1 for an object. */
const openContainers = new Uint8Array(MAX_DEPTH);

class JsonScanner {
  readonly #buffer: Buffer;
  #at = 0;
  #keyEnd = 0;
  /** Whether the last string holds an escape. */
  #escaped = false;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  end() {
    this.#skipSpace();
    if (this.#at < this.#buffer.length) this.#fail();
  }

  value(shape: Shape, depth: number): Scanned | undefined {
    const byte = this.#skipSpace();
    if (shape.kind === 'object' && byte === OPEN_BRACE) {
      return this.#object(shape.fields, depth);
    }
    if (shape.kind === 'list' && byte === OPEN_BRACKET) {
      return this.#list(shape, depth);
    }
    const start = this.#at;
    this.#skipValue(depth);
    if (shape.kind === 'text' && byte === QUOTE) {
      return this.#text(start, this.#at, shape.maxBytes);
    }
    if (shape.kind === 'number' && isNumberStart(byte)) {
      return this.#buffer.toString('latin1', start, this.#at);
    }
    return undefined;
  }

  #object(fields: Readonly<Record<string, Shape>>, depth: number): Scanned {
    const found: Record<string, Scanned> = {};
    this.#at += 1;
    if (this.#skipSpace() === CLOSE_BRACE) {
      this.#at += 1;
      return found;
    }
    for (;;) {
      const start = this.#at;
      this.#skipKey();
      const key = this.#text(start, this.#keyEnd, 200);
      const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (shape) {
        const value = this.value(shape, depth + 1);
        // As with JSON.parse, the last of two equal keys counts.
        if (value === undefined) delete found[key];
        else found[key] = value;
      } else {
        this.#skipValue(depth + 1);
      }
      const byte = this.#skipSpace();
      this.#at += 1;
      if (byte === CLOSE_BRACE) return found;
      if (byte !== COMMA) this.#fail(this.#at - 1);
      this.#skipSpace();
    }
  }

  #list(
    shape: { readonly items: Shape; readonly max: number },
    depth: number,
  ): Scanned {
    const found: Scanned[] = [];
    this.#at += 1;
    if (this.#skipSpace() === CLOSE_BRACKET) {
      this.#at += 1;
      return found;
    }
    for (;;) {
      if (found.length < shape.max) {
        const value = this.value(shape.items, depth + 1);
        if (value !== undefined) found.push(value);
      } else {
        this.#skipValue(depth + 1);
      }
      const byte = this.#skipSpace();
      this.#at += 1;
      if (byte === CLOSE_BRACKET) return found;
      if (byte !== COMMA) this.#fail(this.#at - 1);
    }
  }

  /** Skips one value, whatever it holds, without recursion. */
  #skipValue(outerDepth: number) {
    const buffer = this.#buffer;
    let depth = 0;
    for (;;) {
      const byte = this.#skipSpace();
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (outerDepth + depth >= MAX_DEPTH) {
          throw new InputError(
            `The JSON text is nested deeper than ${MAX_DEPTH} at byte ${
              this.#at
            }. No Trino event is: check what sends it.`,
          );
        }
        const isObject = byte === OPEN_BRACE;
        openContainers[depth] = isObject ? 1 : 0;
        depth += 1;
        this.#at += 1;
        const next = this.#skipSpace();
        if (next !== (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
          if (isObject) this.#skipKey();
          continue;
        }
      } else if (byte === QUOTE) {
        this.#skipString();
      } else if (isNumberStart(byte)) {
        this.#skipNumber();
      } else {
        this.#skipLiteral();
      }
      // A value has ended: close what ends with it, or go on to the next.
      for (;;) {
        if (depth === 0) return;
        const inObject = openContainers[depth - 1] === 1;
        this.#skipSpace();
        const closing = buffer[this.#at];
        this.#at += 1;
        if (closing === COMMA) {
          if (inObject) {
            this.#skipSpace();
            this.#skipKey();
          }
          break;
        }
        if (closing !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
          this.#fail(this.#at - 1);
        }
        depth -= 1;
      }
    }
  }

  /** Skips a key and its colon. */
  #skipKey() {
    if (this.#buffer[this.#at] !== QUOTE) this.#fail();
    this.#skipString();
    this.#keyEnd = this.#at;
    if (this.#skipSpace() !== COLON) this.#fail();
    this.#at += 1;
  }

  #skipString() {
    const buffer = this.#buffer;
    const end = buffer.length;
    let at = this.#at + 1;
    this.#escaped = false;
    for (;;) {
      while (at < end && STOPS_STRING[buffer[at]] === 0) at += 1;
      if (at >= end) this.#fail(end);
      const byte = buffer[at];
      if (byte === QUOTE) break;
      if (byte !== BACKSLASH) this.#fail(at);
      this.#escaped = true;
      const escaped = at + 1 < end ? buffer[at + 1] : 0;
      if (IS_ESCAPE[escaped] === 1) {
        at += 2;
      } else if (escaped === LOWER_U) {
        for (let digit = at + 2; digit < at + 6; digit += 1) {
          if (digit >= end || IS_HEX[buffer[digit]] === 0) this.#fail(digit);
        }
        at += 6;
      } else {
        this.#fail(at + 1);
      }
    }
    this.#at = at + 1;
  }

  #skipNumber() {
    const buffer = this.#buffer;
    if (buffer[this.#at] === MINUS) this.#at += 1;
    if (buffer[this.#at] === ZERO) this.#at += 1;
    else this.#skipDigits();
    if (buffer[this.#at] === DOT) {
      this.#at += 1;
      this.#skipDigits();
    }
    const exponent = buffer[this.#at];
    if (exponent === LOWER_E || exponent === UPPER_E) {
      this.#at += 1;
      const sign = buffer[this.#at];
      if (sign === PLUS || sign === MINUS) this.#at += 1;
      this.#skipDigits();
    }
  }

  #skipDigits() {
    const buffer = this.#buffer;
    const start = this.#at;
    while (buffer[this.#at] >= ZERO && buffer[this.#at] <= NINE) this.#at += 1;
    if (this.#at === start) this.#fail();
  }

  #skipLiteral() {
    const buffer = this.#buffer;
    const word = LITERALS.find(literal => literal[0] === buffer[this.#at]);
    if (!word) return this.#fail();
    for (const byte of word) {
      if (buffer[this.#at] !== byte) this.#fail();
      this.#at += 1;
    }
    return undefined;
  }

  /** Moves to the next byte that is no white space and tells it; -1 at the end. */
  #skipSpace(): number {
    const buffer = this.#buffer;
    const end = buffer.length;
    let at = this.#at;
    while (at < end && IS_SPACE[buffer[at]] === 1) at += 1;
    this.#at = at;
    return at < end ? buffer[at] : -1;
  }

  /** The string between two quotes, checked before. */
  #text(start: number, end: number, maxBytes: number): string {
    const buffer = this.#buffer;
    const from = start + 1;
    const to = end - 1;
    const cut = to - from > maxBytes ? cutAt(buffer, from, maxBytes) : to;
    const raw = buffer.toString('utf8', from, cut);
    if (!this.#escaped) return raw;
    const text: string = JSON.parse(`"${raw}"`);
    return text;
  }

  #fail(at: number = this.#at): never {
    const what =
      at >= this.#buffer.length
        ? `The JSON text ends too early, after ${this.#buffer.length} bytes`
        : `The text is not JSON at byte ${at}`;
    throw new InputError(
      `${what}. Nothing of it was stored: check what sends it.`,
    );
  }
}

/**
 * Reads a JSON text (RFC 8259) in one pass without building what no one wants:
 * of a Trino event of 300 KB all but 2 KB is plans and operator statistics.
 * Takes exactly what `JSON.parse` takes, but for nesting beyond 1,000.
 *
 * @throws InputError that tells the byte at which it stops being JSON
 */
export function scanJson(buffer: Buffer, shape: Shape): Scanned | undefined {
  const scanner = new JsonScanner(buffer);
  const value = scanner.value(shape, 0);
  scanner.end();
  return value;
}

function isNumberStart(byte: number): boolean {
  return byte === MINUS || (byte >= ZERO && byte <= NINE);
}

/** The last place within maxBytes that splits neither an escape nor a character. */
function cutAt(buffer: Buffer, from: number, maxBytes: number): number {
  const limit = from + maxBytes;
  let at = from;
  while (at < limit) {
    const byte = buffer[at];
    let length = 1;
    if (byte === BACKSLASH) length = buffer[at + 1] === LOWER_U ? 6 : 2;
    else if (byte >= 0xf0) length = 4;
    else if (byte >= 0xe0) length = 3;
    else if (byte >= 0xc0) length = 2;
    if (at + length > limit) break;
    at += length;
  }
  return at;
}
