const MAX_QUOTED = 300;

/** An error's body as messages may show it: ` (what it says)`, or nothing. */
export function quoteBody(text: string): string {
  const body = text.trim();
  if (body === '') return '';
  if (body.startsWith('<')) return ' (an HTML page)';
  const flat = body.replace(/\s+/g, ' ');
  return ` (${
    flat.length > MAX_QUOTED ? `${flat.slice(0, MAX_QUOTED)}…` : flat
  })`;
}
