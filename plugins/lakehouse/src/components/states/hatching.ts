/** Diagonal hatching, the look of "not observed" in cells and boxes. */
export function hatching(color: string): string {
  return `repeating-linear-gradient(135deg, ${color}2e 0 2px, transparent 2px 7px)`;
}
