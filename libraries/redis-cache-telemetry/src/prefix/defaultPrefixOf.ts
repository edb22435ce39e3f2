const SEPARATORS = /[:/]/g;
const MAX_PARTS = 2;

/**
 * The first two parts of a key, or the first when the second has a digit and so
 * looks like an id: `shop:cart:` of `shop:cart:17`, `user:` of `user:17:name`.
 * Parts end with `:` or `/`. Undefined when there is none before the last part.
 *
 * @public
 */
export function defaultPrefixOf(key: string): string | undefined {
  SEPARATORS.lastIndex = 0;
  let end = 0;
  for (let part = 0; part < MAX_PARTS; part += 1) {
    const separator = SEPARATORS.exec(key);
    if (!separator) break;
    if (part > 0 && hasDigit(key, end, separator.index)) break;
    end = separator.index + 1;
  }
  return end > 0 ? key.slice(0, end) : undefined;
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}
