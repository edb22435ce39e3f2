import { KeyCounts, type SeenKey } from './KeyCounts';
import { OTHER_PREFIX } from './prefixOf';

/** Second parts under one first part; more look like ids and are counted together. */
const CHILDREN_MAX = 50;
/** First parts; what comes after is counted as other. */
const ROOTS_MAX = 500;

interface Root {
  /** Keys that are counted under the first part itself. */
  readonly own: KeyCounts;
  /** Nothing when there were too many to tell apart. */
  children: Map<string, KeyCounts> | undefined;
}

/** Counts keys by prefix in bounded memory, whatever the keys are called. */
export class PrefixCounts {
  readonly #roots = new Map<string, Root>();
  readonly #other = new KeyCounts();
  #keys = 0;

  get keys(): number {
    return this.#keys;
  }

  /** @param prefixes - of the key, the longest last */
  add(prefixes: readonly string[], seen: SeenKey) {
    this.#keys += 1;
    const [first, second] = prefixes;
    const root = first === undefined ? undefined : this.#rootOf(first);
    if (!root) {
      this.#other.add(seen);
    } else if (second === undefined || !root.children) {
      root.own.add(seen);
    } else {
      const child = root.children.get(second) ?? new KeyCounts();
      root.children.set(second, child);
      child.add(seen);
      if (root.children.size > CHILDREN_MAX) {
        for (const one of root.children.values()) root.own.absorb(one);
        root.children = undefined;
      }
    }
  }

  /** Each key under one prefix. */
  entries(): Array<[prefix: string, counts: KeyCounts]> {
    const all: Array<[string, KeyCounts]> = [[OTHER_PREFIX, this.#other]];
    for (const [prefix, root] of this.#roots) {
      all.push([prefix, root.own], ...(root.children ?? []));
    }
    return all.filter(([, { keys }]) => keys > 0);
  }

  #rootOf(prefix: string): Root | undefined {
    const known = this.#roots.get(prefix);
    if (known || this.#roots.size >= ROOTS_MAX) return known;
    const root: Root = { own: new KeyCounts(), children: new Map() };
    this.#roots.set(prefix, root);
    return root;
  }
}
