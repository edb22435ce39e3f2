/** ` Did you mean 'x'?`, or nothing when no name is like what was written. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const wanted = written.slice(0, 64).toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance > limit || (best && distance >= best.distance)) continue;
    best = { name, distance };
  }
  return best ? ` Did you mean '${best.name}'?` : '';
}

/** Insertions, deletions and replacements that lead from one to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced));
    }
    row = next;
  }
  return row[to.length];
}
