import type { SloProblem } from '@lakehouse-ops/plugin-lakehouse-common';
import type { YamlObject, YamlPath } from './YamlObject';

/** A place of a file at which something may be wrong. */
export class Spot {
  readonly location: string;
  readonly #object: YamlObject;
  readonly #path: YamlPath;
  readonly #report: (location: string, problem: SloProblem) => void;
  #errors = 0;
  readonly #outer?: Spot;

  static of(options: {
    location: string;
    object: YamlObject;
    report: (location: string, problem: SloProblem) => void;
  }): Spot {
    return new Spot(options);
  }

  private constructor(options: {
    location: string;
    object: YamlObject;
    report: (location: string, problem: SloProblem) => void;
    path?: YamlPath;
    outer?: Spot;
  }) {
    this.location = options.location;
    this.#object = options.object;
    this.#path = options.path ?? [];
    this.#report = options.report;
    this.#outer = options.outer;
  }

  /** A place inside of it. */
  at(...path: YamlPath): Spot {
    return new Spot({
      location: this.location,
      object: this.#object,
      report: this.#report,
      path: [...this.#path, ...path],
      outer: this,
    });
  }

  get line(): number | undefined {
    return this.#object.locate(this.#path).line;
  }

  /** Whether an error was told of it or of a place inside of it. */
  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  error(message: string): undefined {
    this.#count();
    this.#report(this.location, this.#object.problem(this.#path, message));
    return undefined;
  }

  warn(message: string): undefined {
    this.#report(
      this.location,
      this.#object.problem(this.#path, message, 'warning'),
    );
    return undefined;
  }

  #count() {
    this.#errors += 1;
    if (this.#outer) this.#outer.#count();
  }
}
