/**
 * What every key that matches begins with: the pattern up to its first
 * wildcard, with escapes undone. The rules are those of Redis' KEYS.
 */
export function literalPrefix(pattern: string): string {
  let prefix = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '*' || char === '?' || char === '[') break;
    if (char === '\\' && at + 1 < pattern.length) at += 1;
    prefix += pattern[at];
  }
  return prefix;
}
