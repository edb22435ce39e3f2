import type { SloProblem } from '@lakehouse-ops/plugin-lakehouse-common';

/** Problems of a file that are told; the rest is counted. */
const PROBLEMS_MAX = 100;
/** Problems of a file that are remembered at all. */
const REMEMBERED_MAX = 1_000;

/** Problems by file, each once, in the order of their lines. */
export class ProblemList {
  readonly #byLocation = new Map<string, Map<string, SloProblem>>();

  readonly add = (location: string, problem: SloProblem) => {
    const known = this.#byLocation.get(location) ?? new Map();
    this.#byLocation.set(location, known);
    const { line, column, message, severity } = problem;
    // Errors are remembered all the same: one of them decides whether the file is used.
    if (known.size >= REMEMBERED_MAX && severity === 'warning') return;
    if (known.size >= 2 * REMEMBERED_MAX) return;
    known.set(`${line}:${column}:${message}`, problem);
  };

  of(location: string): SloProblem[] {
    const all = [...(this.#byLocation.get(location)?.values() ?? [])].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
    if (all.length <= PROBLEMS_MAX) return all;
    const shown = all.slice(0, PROBLEMS_MAX);
    const rest = all.length - PROBLEMS_MAX;
    const { severity } = all[PROBLEMS_MAX];
    return [
      ...shown,
      {
        severity,
        message: `There are ${rest} more problems. Solve these first.`,
      },
    ];
  }
}

/** Errors first: they keep the file from being used. */
function rank({ severity }: SloProblem): number {
  return severity === 'error' ? 0 : 1;
}
