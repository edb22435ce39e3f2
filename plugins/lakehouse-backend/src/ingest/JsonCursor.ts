import { InputError } from '@backstage/errors';

/** Deeper nesting is refused; Trino's plans stay well under it. */
const MAX_DEPTH = 1_000;

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
const SPACE = 0x20;
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

const IS_SPACE = new Uint8Array(256);
for (const byte of [SPACE, 0x09, 0x0a, 0x0d]) IS_SPACE[byte] = 1;

const IS_HEX = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF')) IS_HEX[byte] = 1;

const IS_ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) IS_ESCAPE[byte] = 1;

const LITERALS = ['true', 'false', 'null'].map(word => Buffer.from(word));

/** Containers that are open while a value is skipped: 1 for an object. */
const openContainers = new Uint8Array(MAX_DEPTH);

/** A place in a JSON text (RFC 8259), moved on by checking and skipping what stands there. */
export class JsonCursor {
  readonly #buffer: Buffer;
  #at = 0;
  /** Whether the last string holds an escape. */
  #escaped = false;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get at(): number {
    return this.#at;
  }

  /** @throws InputError when anything but white space follows */
  end() {
    this.skipSpace();
    if (this.#at < this.#buffer.length) this.#fail();
  }

  /** Moves over the opening of a container; tells whether that is closed again at once. */
  enter(closing: number): boolean {
    this.#at += 1;
    if (this.skipSpace() !== closing) return false;
    this.#at += 1;
    return true;
  }

  /** Moves over a comma or the closing of a container; tells whether it is closed. */
  next(closing: number): boolean {
    const byte = this.skipSpace();
    if (byte !== closing && byte !== COMMA) this.#fail();
    this.#at += 1;
    this.skipSpace();
    return byte === closing;
  }

  /** Skips one value, whatever it holds, without recursion. */
  skipValue(outerDepth: number) {
    let depth = 0;
    for (;;) {
      const byte = this.skipSpace();
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
        if (!this.enter(isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
          depth += 1;
          if (isObject) this.skipKey();
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
        if (!this.next(inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
          if (inObject) this.skipKey();
          break;
        }
        depth -= 1;
      }
    }
  }

  /** Skips a key and its colon; tells where the key ends. */
  skipKey(): number {
    if (this.#buffer[this.#at] !== QUOTE) this.#fail();
    this.#skipString();
    const end = this.#at;
    if (this.skipSpace() !== COLON) this.#fail();
    this.#at += 1;
    return end;
  }

  /** Moves to the next byte that is no white space and tells it; -1 at the end. */
  skipSpace(): number {
    const buffer = this.#buffer;
    const end = buffer.length;
    let at = this.#at;
    while (at < end && IS_SPACE[buffer[at]] === 1) at += 1;
    this.#at = at;
    return at < end ? buffer[at] : -1;
  }

  /** The text of the string last skipped, which stands from `start` to `end` with its quotes. */
  text(start: number, end: number, maxBytes: number): string {
    const from = start + 1;
    const to = end - 1;
    const cut = to - from > maxBytes ? cutAt(this.#buffer, from, maxBytes) : to;
    const raw = this.#buffer.toString('utf8', from, cut);
    if (!this.#escaped) return raw;
    const text: string = JSON.parse(`"${raw}"`);
    return text;
  }

  /** Bytes as they stand; for numbers. */
  raw(start: number, end: number): string {
    return this.#buffer.toString('latin1', start, end);
  }

  #skipString() {
    const buffer = this.#buffer;
    const end = buffer.length;
    let at = this.#at + 1;
    let escaped = false;
    while (at < end) {
      const byte = buffer[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        this.#escaped = escaped;
        return;
      }
      if (byte === BACKSLASH) {
        escaped = true;
        at = this.#afterEscape(at);
      } else if (byte < SPACE) {
        this.#fail(at);
      } else {
        at += 1;
      }
    }
    this.#fail(end);
  }

  #afterEscape(backslashAt: number): number {
    const buffer = this.#buffer;
    const end = buffer.length;
    const at = backslashAt + 1;
    if (at >= end) this.#fail(end);
    if (IS_ESCAPE[buffer[at]] === 1) return at + 1;
    if (buffer[at] !== LOWER_U) this.#fail(at);
    for (let digit = at + 1; digit < at + 5; digit += 1) {
      if (digit >= end || IS_HEX[buffer[digit]] === 0) this.#fail(digit);
    }
    return at + 5;
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

/** Whether a value that begins with this byte can only be a number. */
export function isNumberStart(byte: number): boolean {
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
