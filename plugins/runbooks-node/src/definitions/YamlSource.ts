import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Document,
} from 'yaml';

/** Steps from the top of a file to a field. */
export type FieldPath = ReadonlyArray<string | number>;

/** Tells where each field of a file stands. */
export class YamlSource {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** Where a field stands; of one that is missing, the nearest thing around it. */
  locate(path: FieldPath): { line?: number; column?: number } {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node);
    for (const step of path) {
      const inside = isAlias(node) ? node.resolve(this.#document) : node;
      const next = stepInto(inside, step);
      if (!next) break;
      offset = next.offset ?? offset;
      node = next.node;
    }
    return offset === undefined ? {} : this.placeOf(offset);
  }

  placeOf(offset: number): { line?: number; column?: number } {
    const { line, col } = this.#lines.linePos(offset);
    return line > 0 ? { line, column: col } : {};
  }
}

/** `spec.steps[2].input.table` */
export function formatPath(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text ? `${text}.${step}` : step;
  }, '');
}

/** Where a node begins. */
export function offsetOf(node: unknown): number | undefined {
  return isCollection(node) || isScalar(node) || isAlias(node)
    ? node.range?.[0]
    : undefined;
}

function stepInto(
  node: unknown,
  step: string | number,
): { node: unknown; offset?: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      ({ key }) => isScalar(key) && String(key.value) === String(step),
    );
    return pair && { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (!isSeq(node) || typeof step !== 'number') return undefined;
  const item = node.items[step];
  return item === undefined
    ? undefined
    : { node: item, offset: offsetOf(item) };
}
