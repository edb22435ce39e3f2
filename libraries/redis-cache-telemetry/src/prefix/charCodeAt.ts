const { charCodeAt: ofThis } = String.prototype;

/**
 * The same as the method of a text. V8 keeps texts in many shapes (joined, cut
 * out, flat), and looks the method up anew for each call when it met them all;
 * called this way it need not.
 */
export function charCodeAt(text: string, index: number): number {
  return ofThis.call(text, index);
}
