/** What rison can write (https://github.com/Nanonid/rison). */
export type RisonValue =
  | string
  | number
  | boolean
  | null
  | RisonValue[]
  | { [name: string]: RisonValue };

const PLAIN = /^[^ '!:(),*@$]+/;

/** Reads rison, the language of `q` in Superset's API. */
export function readRison(text: string): RisonValue {
  let at = 0;
  const fail = (): never => {
    throw new Error(`'${text}' is no rison at ${at}`);
  };
  const take = (expected: string) => {
    if (text[at] !== expected) fail();
    at += 1;
  };

  function list<T>(item: () => T): T[] {
    const items: T[] = [];
    if (text[at] === ')') {
      at += 1;
      return items;
    }
    for (;;) {
      items.push(item());
      if (text[at] === ')') break;
      take(',');
    }
    at += 1;
    return items;
  }

  function quoted(): string {
    let read = '';
    for (;;) {
      const next = text[at];
      if (next === undefined) fail();
      at += 1;
      if (next === "'") return read;
      if (next === '!') {
        read += text[at];
        at += 1;
      } else {
        read += next;
      }
    }
  }

  function special(): RisonValue {
    const next = text[at];
    at += 1;
    if (next === 't') return true;
    if (next === 'f') return false;
    if (next === 'n') return null;
    if (next === '(') return list(value);
    return fail();
  }

  function plain(): string {
    const [word] = PLAIN.exec(text.slice(at)) ?? [fail()];
    at += word.length;
    return word;
  }

  function value(): RisonValue {
    switch (text[at]) {
      case '(':
        at += 1;
        return Object.fromEntries(
          list(() => {
            const name = text[at] === "'" ? (take("'"), quoted()) : plain();
            take(':');
            return [name, value()];
          }),
        );
      case '!':
        at += 1;
        return special();
      case "'":
        at += 1;
        return quoted();
      default: {
        const word = plain();
        return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word;
      }
    }
  }

  const read = value();
  if (at < text.length) fail();
  return read;
}
