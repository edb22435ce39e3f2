import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';
import { FILE_MAX_PROBLEMS } from './limits';
import { type FieldPath, formatPath, type YamlSource } from './YamlSource';

/** What is wrong with one file. */
export class Problems {
  readonly #source: string;
  readonly #yaml: YamlSource | undefined;
  readonly #found = new Map<string, RunbookProblem>();
  #errors = 0;
  #untold = 0;

  constructor(options: { source: string; yaml?: YamlSource }) {
    this.#source = options.source;
    this.#yaml = options.yaml;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  error(path: FieldPath, message: string): void {
    this.#errors += 1;
    this.#add('error', path, message);
  }

  warn(path: FieldPath, message: string): void {
    this.#add('warning', path, message);
  }

  /** In the order of their lines. */
  list(): RunbookProblem[] {
    const all = [...this.#found.values()].sort(
      (a, b) =>
        (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    if (!this.#untold) return all;
    const rest: RunbookProblem = {
      severity: 'error',
      field: '',
      source: this.#source,
      message: `There are ${this.#untold} more problems. Solve these first.`,
    };
    return [...all, rest];
  }

  #add(
    severity: RunbookProblem['severity'],
    path: FieldPath,
    message: string,
  ): void {
    const field = formatPath(path);
    const key = `${field}\n${message}`;
    if (this.#found.has(key)) return;
    if (this.#found.size >= FILE_MAX_PROBLEMS) {
      this.#untold += 1;
      return;
    }
    this.#found.set(key, {
      severity,
      field,
      message,
      source: this.#source,
      ...this.#yaml?.locate(path),
    });
  }
}
