import type { SloProblem } from '@lakehouse-ops/plugin-lakehouse-common';
import { isAlias, isMap, isScalar, isSeq, LineCounter, Node, Pair } from 'yaml';

export type YamlPath = ReadonlyArray<string | number>;

/** An object of a file, with what it takes to say where each part of it stands. */
export class YamlObject {
  readonly value: unknown;
  readonly #node: Node | null;
  readonly #lines: LineCounter;
  readonly #resolve: (node: unknown) => unknown;

  constructor(options: {
    value: unknown;
    node: Node | null;
    lines: LineCounter;
    /** What an alias stands for. */
    resolve: (node: unknown) => unknown;
  }) {
    this.value = options.value;
    this.#node = options.node;
    this.#lines = options.lines;
    this.#resolve = options.resolve;
  }

  get line(): number | undefined {
    return this.locate([]).line;
  }

  /** Where a field stands; of one that is missing, the nearest thing around it. */
  locate(path: YamlPath): { line?: number; column?: number } {
    let at: unknown = this.#node;
    let offset = offsetOf(at);
    for (const step of path) {
      const inside = this.#resolve(at);
      const next = stepInto(inside, step);
      if (!next) break;
      offset = next.offset ?? offset;
      at = next.node;
    }
    if (offset === undefined) return {};
    const { line, col } = this.#lines.linePos(offset);
    return line > 0 ? { line, column: col } : {};
  }

  problem(
    path: YamlPath,
    message: string,
    severity: SloProblem['severity'] = 'error',
  ): SloProblem {
    return {
      severity,
      ...this.locate(path),
      field: path.length ? formatPath(path) : undefined,
      message,
    };
  }
}

/** `spec.objectives[0].target` */
export function formatPath(path: YamlPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const plain = /^[\w-]+$/.test(step);
    if (!plain) return `${text}[${JSON.stringify(step)}]`;
    return text ? `${text}.${step}` : step;
  }, '');
}

function stepInto(
  node: unknown,
  step: string | number,
): { node: unknown; offset?: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(item => keyOf(item) === String(step));
    if (!pair) return undefined;
    return { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined
      ? undefined
      : { node: item, offset: offsetOf(item) };
  }
  return undefined;
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

function offsetOf(node: unknown): number | undefined {
  if (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) {
    return node.range?.[0];
  }
  return undefined;
}
