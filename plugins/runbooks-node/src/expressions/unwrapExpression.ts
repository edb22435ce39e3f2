import { splitTemplate } from './splitTemplate';

/** An expression without the `${{ }}` that may stand around it. */
export function unwrapExpression(text: string): string {
  const parts = splitTemplate(text.trim());
  const [only] = parts;
  return parts.length === 1 && only.type === 'expression'
    ? only.text.trim()
    : text.trim();
}
