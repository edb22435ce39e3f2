import { InputError } from '@backstage/errors';
import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '../text/nearestName';
import {
  argumentCount,
  type CallForm,
  findExpressionFunction,
} from './expressionFunctions';
import { isScopeName, SCOPE_NAMES, type ScopeName } from './ExpressionScope';
import { isMacro, MACROS } from './macros';

/** What an expression speaks of. */
export interface ExpressionNames {
  readonly names: ReadonlySet<ScopeName>;
  /** Ids of steps. */
  readonly steps: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
}

interface Found {
  readonly names: Set<ScopeName>;
  readonly steps: Set<string>;
  readonly parameters: Set<string>;
}

/**
 * Checks that an expression uses what is offered, and nothing else.
 *
 * @throws InputError that tells what is not
 */
export function checkExpression(ast: ASTNode): ExpressionNames {
  const found: Found = {
    names: new Set(),
    steps: new Set(),
    parameters: new Set(),
  };
  walk(ast, new Set(), found);
  return found;
}

function walk(node: ASTNode, bound: ReadonlySet<string>, found: Found): void {
  switch (node.op) {
    case 'value':
      checkLiteral(node.args);
      return;
    case 'id':
      checkName(node.args, bound, found);
      return;
    case '.':
    case '[]':
      noteMember(node, bound, found);
      return;
    case '.?':
    case '[?]':
      throw new InputError('optional access (.?) is not offered; use has(…)');
    case 'call':
      walkCall(node.args[0], node.args[1], bound, found);
      return;
    case 'rcall':
      walkMethod(node.args, bound, found);
      return;
    case 'list':
      for (const entry of node.args) walk(entry, bound, found);
      return;
    case 'map':
      for (const [key, value] of node.args) {
        walk(key, bound, found);
        walk(value, bound, found);
      }
      return;
    case '!_':
    case '-_':
      walk(node.args, bound, found);
      return;
    default:
      for (const part of node.args) walk(part, bound, found);
  }
}

function checkLiteral(value: unknown): void {
  if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) {
    throw new InputError(`the number ${value} is too large`);
  }
  if (typeof value === 'object' && value !== null) {
    throw new InputError('bytes and unsigned numbers are not offered');
  }
}

function checkName(
  name: string,
  bound: ReadonlySet<string>,
  found: Found,
): void {
  if (bound.has(name)) return;
  if (!isScopeName(name)) {
    throw new InputError(
      `there is no '${name}'.${didYouMean(
        name,
        SCOPE_NAMES,
      )} Known names: ${SCOPE_NAMES.join(', ')}`,
    );
  }
  if (name === 'steps') {
    throw new InputError(
      "a step has to be named: steps.<id>, or steps['<id>'] when the id has a hyphen",
    );
  }
  found.names.add(name);
}

function noteMember(
  node: Extract<ASTNode, { op: '.' | '[]' }>,
  bound: ReadonlySet<string>,
  found: Found,
): void {
  const [owner] = node.args;
  const key = keyOf(node);
  if (owner.op === 'id' && !bound.has(owner.args) && key !== undefined) {
    if (owner.args === 'steps') {
      found.names.add('steps');
      found.steps.add(key);
      return;
    }
    if (owner.args === 'parameters') found.parameters.add(key);
  }
  walk(owner, bound, found);
  if (node.op === '[]') walk(node.args[1], bound, found);
}

function keyOf(node: Extract<ASTNode, { op: '.' | '[]' }>): string | undefined {
  if (node.op === '.') return node.args[1];
  const [, key] = node.args;
  return key.op === 'value' && typeof key.args === 'string'
    ? key.args
    : undefined;
}

function walkCall(
  name: string,
  args: readonly ASTNode[],
  bound: ReadonlySet<string>,
  found: Found,
): void {
  if (name === 'has' || name === 'default') {
    const wanted = name === 'has' ? 1 : 2;
    if (args.length !== wanted || !['.', '[]'].includes(args[0].op)) {
      throw new InputError(
        name === 'has'
          ? 'has(…) takes one field, such as has(output.keys)'
          : 'default(…) takes a field and a value, such as default(output.keys, 0)',
      );
    }
  } else checkFunction({ form: 'function', name, count: args.length });
  for (const arg of args) walk(arg, bound, found);
}

function walkMethod(
  [name, owner, args]: [string, ASTNode, ASTNode[]],
  bound: ReadonlySet<string>,
  found: Found,
): void {
  walk(owner, bound, found);
  if (!isMacro(name)) {
    checkFunction({ form: 'method', name, count: args.length + 1 });
    for (const arg of args) walk(arg, bound, found);
    return;
  }
  const [variable, ...bodies] = args;
  const most = name === 'map' ? 2 : 1;
  if (variable?.op !== 'id' || !bodies.length || bodies.length > most) {
    throw new InputError(
      `list.${name}(…) takes a name and an expression, such as list.${name}(entry, ${MACROS[name].example})`,
    );
  }
  if (isScopeName(variable.args)) {
    throw new InputError(
      `'${variable.args}' already means something; give the entry another name`,
    );
  }
  const inside = new Set([...bound, variable.args]);
  for (const body of bodies) walk(body, inside, found);
}

function checkFunction(call: {
  form: CallForm;
  name: string;
  count: number;
}): void {
  const { form, name, count } = call;
  const fn = findExpressionFunction(form, name);
  if (!fn) {
    throw new InputError(
      `there is no ${
        form === 'method' ? 'method' : 'function'
      } ${name}(…). See the expression functions in the docs`,
    );
  }
  if (argumentCount(fn, form) !== count) {
    throw new InputError(`${name}(…) is written ${fn.usage}`);
  }
}
