import { InputError } from '@backstage/errors';
import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import type { ASTNode, BinaryOperator } from '@marcbachmann/cel-js';
import { applyOperator } from './applyOperator';
import {
  checkLength,
  findExpressionFunction,
  kindOf,
  listOf,
  numberOf,
} from './expressionFunctions';
import { isDataKey } from './limits';
import { isMacro, type MacroName } from './macros';
import { WorkBudget } from './WorkBudget';

type Names = ReadonlyMap<string, JsonValue>;

/**
 * Works out one expression over plain JSON. There is one kind of number, a
 * field is only what an object itself has, and all work is counted.
 */
export class ExpressionRun {
  readonly #budget = new WorkBudget();

  /** @throws InputError that tells what can't be worked out */
  evaluate(node: ASTNode, names: Names): JsonValue {
    this.#budget.spend();
    switch (node.op) {
      case 'value':
        return literal(node.args);
      case 'id':
        return known(node.args, names);
      case '.':
      case '[]':
        return this.#member(node, names);
      case 'call':
        return this.#call(node.args[0], node.args[1], names);
      case 'rcall':
        return this.#method(node.args, names);
      case 'list':
        return node.args.map(entry => this.evaluate(entry, names));
      case 'map':
        return this.#object(node.args, names);
      case '?:': {
        const [condition, yes, no] = node.args;
        return this.evaluate(this.#truth(condition, names) ? yes : no, names);
      }
      case '||':
        return (
          this.#truth(node.args[0], names) || this.#truth(node.args[1], names)
        );
      case '&&':
        return (
          this.#truth(node.args[0], names) && this.#truth(node.args[1], names)
        );
      case '!_':
        return !this.#truth(node.args, names);
      case '-_':
        return -numberOf(this.evaluate(node.args, names));
      case '.?':
      case '[?]':
        throw new InputError('optional access is not offered');
      default:
        return this.#binary(node.op, node.args, names);
    }
  }

  #binary(
    operator: BinaryOperator,
    [left, right]: [ASTNode, ASTNode],
    names: Names,
  ): JsonValue {
    return applyOperator({
      operator,
      left: this.evaluate(left, names),
      right: this.evaluate(right, names),
      budget: this.#budget,
    });
  }

  #truth(node: ASTNode, names: Names): boolean {
    const value = this.evaluate(node, names);
    if (typeof value === 'boolean') return value;
    throw new InputError(`true or false is needed where ${kindOf(value)} is`);
  }

  #object(
    entries: ReadonlyArray<[ASTNode, ASTNode]>,
    names: Names,
  ): JsonObject {
    const object: JsonObject = {};
    for (const [keyNode, valueNode] of entries) {
      const key = this.evaluate(keyNode, names);
      if (typeof key !== 'string' || !isDataKey(key)) {
        throw new InputError('the keys of an object have to be plain texts');
      }
      object[key] = this.evaluate(valueNode, names);
    }
    return object;
  }

  #member(node: Extract<ASTNode, { op: '.' | '[]' }>, names: Names): JsonValue {
    const owner = this.evaluate(node.args[0], names);
    const key =
      node.op === '.' ? node.args[1] : this.evaluate(node.args[1], names);
    const value = pick(owner, key);
    if (value !== undefined) return value;
    throw new InputError(missing(owner, key));
  }

  /** Undefined when it, or what it would be a field of, is not there. */
  #optional(node: ASTNode, names: Names): JsonValue | undefined {
    this.#budget.spend();
    if (node.op !== '.' && node.op !== '[]') {
      return node.op === 'id'
        ? names.get(node.args)
        : this.evaluate(node, names);
    }
    const owner = this.#optional(node.args[0], names);
    if (owner === undefined) return undefined;
    return pick(
      owner,
      node.op === '.' ? node.args[1] : this.evaluate(node.args[1], names),
    );
  }

  #call(name: string, args: readonly ASTNode[], names: Names): JsonValue {
    if (name === 'has') return this.#optional(args[0], names) !== undefined;
    if (name === 'default') {
      return this.#optional(args[0], names) ?? this.evaluate(args[1], names);
    }
    const fn = findExpressionFunction('function', name);
    if (!fn) throw new InputError(`there is no function ${name}(…)`);
    return fn.call(
      args.map(arg => this.evaluate(arg, names)),
      this.#budget,
    );
  }

  #method(
    [name, owner, args]: [string, ASTNode, ASTNode[]],
    names: Names,
  ): JsonValue {
    if (isMacro(name)) return this.#forEach(name, { owner, args, names });
    const fn = findExpressionFunction('method', name);
    if (!fn) throw new InputError(`there is no method ${name}(…)`);
    return fn.call(
      [owner, ...args].map(arg => this.evaluate(arg, names)),
      this.#budget,
    );
  }

  #forEach(
    name: MacroName,
    over: { owner: ASTNode; args: readonly ASTNode[]; names: Names },
  ): JsonValue {
    const { owner, args, names } = over;
    const list = listOf(this.evaluate(owner, names));
    const [variable, first, second] = args;
    if (variable.op !== 'id') throw new InputError('an entry needs a name');
    const inside = new Map(names);
    const at = (entry: JsonValue) => inside.set(variable.args, entry);
    const holds = (entry: JsonValue) => this.#truth(first, at(entry));
    switch (name) {
      case 'all':
        return list.every(holds);
      case 'exists':
        return list.some(holds);
      case 'exists_one':
        return list.filter(holds).length === 1;
      case 'filter':
        return checkLength(list.filter(holds));
      default: {
        const mapped: JsonArray = [];
        for (const entry of list) {
          if (second && !holds(entry)) continue;
          mapped.push(this.evaluate(second ?? first, at(entry)));
          checkLength(mapped);
        }
        return mapped;
      }
    }
  }
}

function literal(value: unknown): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  throw new InputError('bytes and unsigned numbers are not offered');
}

function known(name: string, names: Names): JsonValue {
  const value = names.get(name);
  if (value !== undefined) return value;
  throw new InputError(`there is no '${name}' at this place`);
}

function pick(owner: JsonValue, key: JsonValue): JsonValue | undefined {
  if (Array.isArray(owner)) {
    return typeof key === 'number' ? owner[key] : undefined;
  }
  if (typeof owner !== 'object' || owner === null) return undefined;
  if (typeof key !== 'string' || !isDataKey(key)) return undefined;
  return Object.hasOwn(owner, key) ? owner[key] : undefined;
}

const NAMED_MAX = 10;

function missing(owner: JsonValue, key: JsonValue): string {
  const name = JSON.stringify(key).slice(0, 60);
  if (Array.isArray(owner)) {
    return `there is no entry ${name} in a list of ${owner.length}`;
  }
  if (typeof owner !== 'object' || owner === null) {
    return `there is no field ${name}, because it is asked of ${kindOf(owner)}`;
  }
  const has = Object.keys(owner).slice(0, NAMED_MAX).join(', ').slice(0, 200);
  return `there is no field ${name}; there are: ${has || 'none'}`;
}
