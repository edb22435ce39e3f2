const OPEN = '${{';
const CLOSE = '}}';

/** A piece of a text with expressions in it. */
export interface TemplatePart {
  /** `open`: an expression that never ends. */
  readonly type: 'text' | 'expression' | 'open';
  readonly text: string;
}

/** Takes a text apart at its `${{ expression }}`. */
export function splitTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf(OPEN, at);
    if (open < 0) break;
    if (open > at) parts.push({ type: 'text', text: text.slice(at, open) });
    const from = open + OPEN.length;
    const end = findEnd(text, from);
    if (end === undefined) {
      return [...parts, { type: 'open', text: text.slice(from) }];
    }
    parts.push({ type: 'expression', text: text.slice(from, end) });
    at = end + CLOSE.length;
  }
  if (at < text.length) parts.push({ type: 'text', text: text.slice(at) });
  return parts;
}

/** Whether a text has the beginning of an expression in it. */
export function hasExpression(text: string): boolean {
  return text.includes(OPEN);
}

/** Braces of objects and all in quotes belong to the expression. */
function findEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quote) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}' && depth > 0) depth -= 1;
    else if (text.startsWith(CLOSE, at)) return at;
  }
  return undefined;
}
