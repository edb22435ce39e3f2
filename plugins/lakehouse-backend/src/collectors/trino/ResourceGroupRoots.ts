/** More root groups than this are not asked for. */
const MAX_ROOTS = 20;

/** Trino's documentation and most clusters name their first root so. */
const FIRST_GUESS = 'global';

/**
 * The root resource groups of a cluster. Trino lists none; they are learnt from
 * the groups that queries ran in.
 */
export class ResourceGroupRoots {
  readonly #roots = new Set<string>();

  private constructor() {}

  static create(): ResourceGroupRoots {
    return new ResourceGroupRoots();
  }

  learn(resourceGroup: readonly string[]): void {
    const root = resourceGroup[0];
    if (root && this.#roots.size < MAX_ROOTS) this.#roots.add(root);
  }

  forget(root: string): void {
    this.#roots.delete(root);
  }

  /** What queries told; a guess before any did. */
  list(): { roots: string[]; guessed: boolean } {
    return this.#roots.size > 0
      ? { roots: [...this.#roots].sort(), guessed: false }
      : { roots: [FIRST_GUESS], guessed: true };
  }
}
