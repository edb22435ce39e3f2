import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type { RunbookStep } from '@lakehouse-ops/plugin-runbooks-common';
import type { ScopeName } from '../expressions/ExpressionScope';
import { parseExpression } from '../expressions/parseExpression';
import { hasExpression, splitTemplate } from '../expressions/splitTemplate';
import { didYouMean } from '../text/nearestName';
import type { Problems } from './Problems';
import type { PlacedStep } from './readSteps';
import type { FieldPath } from './YamlSource';

/** What the expressions of a place may speak of. */
interface Place {
  readonly names: readonly ScopeName[];
  readonly parameters: ReadonlySet<string>;
  /** Ids of the steps that come before. */
  readonly earlier: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

const ALWAYS: readonly ScopeName[] = ['parameters', 'context', 'steps'];

/** Checks all expressions of a file: that they can be read, and that what they speak of is there. */
export class TemplateCheck {
  readonly #problems: Problems;
  readonly #parameters: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(options: {
    problems: Problems;
    parameters: ReadonlySet<string>;
  }) {
    this.#problems = options.problems;
    this.#parameters = options.parameters;
  }

  /** Parameters that something speaks of. */
  get used(): ReadonlySet<string> {
    return this.#used;
  }

  /** Templates outside of the steps. */
  template(
    value: JsonValue,
    options: { path: FieldPath; names: readonly ScopeName[] },
  ): void {
    const nothing = new Set<string>();
    const { path, names } = options;
    this.#template(value, path, {
      names,
      parameters: this.#parameters,
      earlier: nothing,
      all: nothing,
    });
  }

  /** The steps of all sections, in the order in which they run. */
  steps(steps: readonly PlacedStep[]): void {
    const all = new Set(steps.map(({ step }) => step.id));
    const earlier = new Set<string>();
    for (const { step, path } of steps) {
      const here = { parameters: this.#parameters, earlier, all };
      const at = (...names: ScopeName[]): Place => ({
        ...here,
        names: [...ALWAYS, ...names],
      });
      if (step.if) this.#expression(step.if, [...path, 'if'], at());
      this.#step(step, path, at);
      earlier.add(step.id);
    }
  }

  #step(
    step: RunbookStep,
    path: FieldPath,
    at: (...names: ScopeName[]) => Place,
  ): void {
    switch (step.kind) {
      case 'action': {
        if (step.foreach) {
          this.#expression(step.foreach.in, [...path, 'foreach', 'in'], at());
        }
        const names: ScopeName[] = step.foreach ? ['item', 'index'] : [];
        this.#template(step.input, [...path, 'input'], at(...names));
        return;
      }
      case 'check':
        this.#template(step.input, [...path, 'input'], at());
        this.#expression(step.assert, [...path, 'assert'], at('output'));
        this.#template(step.message, [...path, 'message'], at('output'));
        return;
      case 'verify':
        this.#template(step.input, [...path, 'input'], at());
        this.#expression(
          step.assert,
          [...path, 'assert'],
          at('output', 'before'),
        );
        step.metrics.forEach(({ value }, index) =>
          this.#expression(
            value,
            [...path, 'metrics', index, 'value'],
            at('output'),
          ),
        );
        return;
      case 'manual':
        this.#template(step.instruction, [...path, 'manual'], at());
        return;
      default:
        this.#template(step.question, [...path, 'approval', 'question'], at());
    }
  }

  #template(value: JsonValue | undefined, path: FieldPath, place: Place): void {
    if (typeof value === 'string') this.#text(value, path, place);
    else if (Array.isArray(value)) {
      value.forEach((entry, index) =>
        this.#template(entry, [...path, index], place),
      );
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) {
        if (hasExpression(key)) {
          this.#problems.error(
            [...path, key],
            'The name of a field is not worked out. Write a plain name.',
          );
        }
        this.#template(entry, [...path, key], place);
      }
    }
  }

  #text(text: string, path: FieldPath, place: Place): void {
    if (!hasExpression(text)) return;
    for (const part of splitTemplate(text)) {
      if (part.type === 'expression') this.#expression(part.text, path, place);
      if (part.type === 'open') {
        this.#problems.error(
          path,
          "An expression opens with '${{' and is not closed. Close it with '}}'.",
        );
      }
    }
  }

  #expression(text: string, path: FieldPath, place: Place): void {
    try {
      const { names, steps, parameters } = parseExpression(text);
      for (const name of names) {
        if (place.names.includes(name)) continue;
        this.#problems.error(
          path,
          `There is no '${name}' at this place. There are: ${place.names.join(
            ', ',
          )}.`,
        );
      }
      for (const id of steps) this.#stepReference(id, path, place);
      for (const name of parameters) this.#parameter(name, path, place);
    } catch (error) {
      this.#problems.error(
        path,
        `The expression '${text.trim().slice(0, 100)}' can't be used: ${
          toError(error).message
        }.`,
      );
    }
  }

  #stepReference(id: string, path: FieldPath, place: Place): void {
    if (place.earlier.has(id)) return;
    this.#problems.error(
      path,
      place.all.has(id)
        ? `The step '${id}' has not run by then. Speak of steps that come before.`
        : `There is no step '${id}'.${hint('steps', id, place.all)}`,
    );
  }

  #parameter(name: string, path: FieldPath, place: Place): void {
    this.#used.add(name);
    if (place.parameters.has(name)) return;
    this.#problems.error(
      path,
      `There is no parameter '${name}' under spec.parameters.${hint(
        'parameters',
        name,
        place.parameters,
      )}`,
    );
  }
}

/** A hyphen is a minus in an expression: `steps.look-up` is taken apart. */
function hint(owner: string, name: string, known: ReadonlySet<string>): string {
  const longer = [...known].find(one => one.startsWith(`${name}-`));
  return longer
    ? ` Write ${owner}['${longer}'] for a name with a hyphen.`
    : didYouMean(name, known);
}
