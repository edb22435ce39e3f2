/** A sentence without the backquotes of its names, where it can't be more than text. */
export function plainText(text: string): string {
  return text.replace(/`([^`]+)`/g, '$1');
}
