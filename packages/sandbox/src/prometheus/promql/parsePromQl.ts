import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  LabelMatcher,
  Selector,
} from './Expression';
import { PromQlError } from './PromQlError';

const TOKEN =
  /\s*(?:(\d+(?:ms|[smhdwy]))|(\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|Inf)|([a-zA-Z_:][a-zA-Z0-9_:]*)|("(?:[^"\\]|\\.)*")|(=~|!~|!=|>=|<=|==|[-+*/(){}[\],=<>]))/y;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Loosest first. */
const LEVELS: ReadonlyArray<
  ReadonlyArray<ArithmeticOperator | ComparisonOperator>
> = [
  ['>', '>=', '<', '<=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];

const AGGREGATIONS = ['sum', 'max', 'min', 'count'] as const;
const OVER_TIME = ['rate', 'increase'] as const;
const MAX_DEPTH = 50;

type Kind = 'duration' | 'number' | 'name' | 'text' | 'sign' | 'end';
interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly at: number;
}

function tokenize(source: string): Token[] {
  const kinds: Kind[] = ['duration', 'number', 'name', 'text', 'sign'];
  const tokens: Token[] = [];
  let at = 0;
  while (source.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source);
    if (!found) {
      throw new PromQlError(
        `1:${at + 1}: parse error: unexpected character: ${source[at]}`,
      );
    }
    const index = found.slice(1).findIndex(group => group !== undefined);
    tokens.push({ kind: kinds[index], text: found[index + 1], at });
    at = TOKEN.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'end of input', at }];
}

class Parser {
  #at = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.#binary(0);
    if (this.#next.kind !== 'end') this.#fail('nothing more');
    return expression;
  }

  get #next(): Token {
    return this.tokens[this.#at];
  }

  #fail(wanted: string): never {
    const { at, text } = this.#next;
    throw new PromQlError(
      `1:${at + 1}: parse error: unexpected "${text}", expected ${wanted}`,
    );
  }

  #isNext(text: string): boolean {
    return this.#next.text === text;
  }

  #accept(text: string): boolean {
    if (this.#next.kind !== 'sign' || !this.#isNext(text)) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#fail(`"${text}"`);
  }

  #take(kind: Kind, wanted: string): string {
    if (this.#next.kind !== kind) this.#fail(wanted);
    const { text } = this.#next;
    this.#at += 1;
    return text;
  }

  #binary(level: number): Expression {
    if (level === LEVELS.length) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = LEVELS[level].find(
        one => this.#next.kind === 'sign' && this.#isNext(one),
      );
      if (!operator) return left;
      this.#at += 1;
      left = {
        type: 'binary',
        operator,
        left,
        right: this.#binary(level + 1),
      };
    }
  }

  #unary(): Expression {
    if (!this.#accept('-')) return this.#primary();
    const of = this.#primary();
    const zero = { type: 'number', value: 0 } as const;
    return { type: 'binary', operator: '-', left: zero, right: of };
  }

  #primary(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#fail('less nesting');
    try {
      if (this.#accept('(')) {
        const inner = this.#binary(0);
        this.#expect(')');
        return inner;
      }
      if (this.#next.kind === 'number') return this.#number();
      if (this.#next.kind === 'name') return this.#named();
      return this.#selector(undefined);
    } finally {
      this.#depth -= 1;
    }
  }

  #number(): Expression {
    const text = this.#take('number', 'a number');
    const value = text === 'Inf' ? Infinity : Number(text);
    return { type: 'number', value };
  }

  #named(): Expression {
    const name = this.#take('name', 'a name');
    const aggregation = AGGREGATIONS.find(one => one === name);
    const overTime = OVER_TIME.find(one => one === name);
    if (aggregation && !this.#isNext('{')) {
      return this.#aggregation(aggregation);
    }
    if (!this.#isNext('(')) return this.#selector(name);
    this.#expect('(');
    const of = this.#binary(0);
    this.#expect(')');
    if (name === 'vector') return { type: 'vector', of };
    if (!overTime) {
      throw new PromQlError(
        `unknown function with name "${name}": the sandbox knows vector, rate, increase, sum, max, min and count`,
      );
    }
    if (of.type !== 'selector' || of.windowMs === undefined) {
      throw new PromQlError(
        `expected type range vector in call to function "${name}", got instant vector`,
      );
    }
    return { type: overTime, of };
  }

  #aggregation(type: (typeof AGGREGATIONS)[number]): Expression {
    let by = this.#grouping();
    this.#expect('(');
    const of = this.#binary(0);
    this.#expect(')');
    by ??= this.#grouping();
    return { type, by: by ?? [], of };
  }

  #grouping(): string[] | undefined {
    if (this.#next.kind !== 'name' || !this.#isNext('by')) {
      return undefined;
    }
    this.#at += 1;
    this.#expect('(');
    const labels: string[] = [];
    while (!this.#accept(')')) {
      labels.push(this.#take('name', 'a label'));
      if (!this.#isNext(')')) this.#expect(',');
    }
    return labels;
  }

  #selector(name: string | undefined): Selector {
    const matchers: LabelMatcher[] =
      name === undefined
        ? []
        : [{ label: '__name__', operator: '=', value: name }];
    const braced = this.#accept('{');
    if (!braced && name === undefined) this.#fail('an expression');
    while (braced && !this.#accept('}')) {
      matchers.push(this.#matcher());
      if (!this.#isNext('}')) this.#expect(',');
    }
    if (!matchers.some(({ value }) => value !== '')) {
      throw new PromQlError(
        'vector selector must contain at least one non-empty matcher',
      );
    }
    return { type: 'selector', matchers, windowMs: this.#window() };
  }

  #matcher(): LabelMatcher {
    const label = this.#take('name', 'a label');
    const operator = (['=', '!=', '=~', '!~'] as const).find(one =>
      this.#accept(one),
    );
    if (!operator) this.#fail('one of =, !=, =~, !~');
    const text = this.#take('text', 'a text in quotes');
    const value = text.slice(1, -1).replace(/\\(.)/g, '$1');
    return { label, operator, value };
  }

  #window(): number | undefined {
    if (!this.#accept('[')) return undefined;
    const text = this.#take('duration', 'a duration');
    this.#expect(']');
    const [, count, unit] = /^(\d+)(.+)$/.exec(text) ?? [];
    return Number(count) * UNIT_MS[unit];
  }
}

/**
 * Parses the part of PromQL that the sandbox understands.
 *
 * @throws PromQlError
 */
export function parsePromQl(source: string): Expression {
  const parser = new Parser(tokenize(source));
  return parser.whole();
}
