/** Whether a text matches: `*` stands for any text, all else for itself. Takes time in proportion to the text. */
export function textPattern(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return text => text === pattern;
  const first = parts[0];
  const last = parts[parts.length - 1];
  const between = parts.slice(1, -1).filter(Boolean);
  return text => {
    if (text.length < first.length + last.length) return false;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const part of between) {
      const at = text.indexOf(part, from);
      if (at < 0 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}

/** Whether it stands for one text only. */
export function isExact(pattern: string): boolean {
  return !pattern.includes('*');
}
