/** Turns a LIKE pattern into a regular expression over whole strings. */
export function likePattern(pattern: string, escape?: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (escape !== undefined && char === escape && i + 1 < pattern.length) {
      source += pattern[++i].replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    } else if (char === '%') {
      source += '.*';
    } else if (char === '_') {
      source += '.';
    } else {
      source += char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    }
  }
  return new RegExp(`^${source}$`, 'su');
}
