import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { describeExpressionFunctions } from './describeExpressionFunctions';
import { evaluateExpression } from './evaluateExpression';
import type { ExpressionScope } from './ExpressionScope';

const scope: ExpressionScope = {
  parameters: { prefix: 'page:', deep: true, limit: 10, 'dry-run': false },
  context: { entityRef: 'resource:default/cache' },
  steps: {
    look: {
      state: 'succeeded',
      output: { keys: 7, prefixes: ['b', 'a'], ratio: 0.5, none: null },
    },
    'look-up': { state: 'skipped' },
  },
  output: { keys: 99999, hitRatio: 0.91, sizes: [1, 2, 3.5] },
  before: null,
};

function evaluate(expression: string): JsonValue {
  return evaluateExpression(expression, scope);
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('evaluateExpression', () => {
  it.each<[string, JsonValue]>([
    ['output.keys < 100000', true],
    ['output.hitRatio * 100', 91],
    ['output.hitRatio * 100.0', 91],
    ['output.keys + 1', 100000],
    ['1 - output.hitRatio > 0.05', true],
    ['output.keys == 99999', true],
    ['output.keys == 99999.0', true],
    ['output.keys in [1, 99999]', true],
    ['steps.look.output.keys / 2', 3.5],
    ['7 / 2', 3.5],
    ['steps.look.output.keys % 4', 3],
    ['-steps.look.output.keys', -7],
    ['size(steps.look.output.prefixes) * 1.5', 3],
    ['output.sizes[1]', 2],
    ['output.sizes[size(output.sizes) - 1]', 3.5],
    ['sum(output.sizes)', 6.5],
    ['max(output.sizes) - min(output.sizes)', 2.5],
    ['round(output.hitRatio * 100.0)', 91],
    ['round(2.5) + floor(2.9) + ceil(2.1) + abs(-1)', 9],
    ['int("42") + double("0.5")', 42.5],
  ])('knows one kind of number: %s', (expression, result) => {
    expect(evaluate(expression)).toBe(result);
  });

  it.each<[string, JsonValue]>([
    ['parameters.deep && !parameters["dry-run"]', true],
    ['false && parameters.nothing', false],
    ['true || parameters.nothing', true],
    ['parameters.deep ? "yes" : parameters.nothing', 'yes'],
    ['before == null', true],
    ['before != null && before.keys > 1', false],
    ['has(output.keys) && !has(output.none)', true],
    ['has(steps.later.output.keys)', false],
    ['default(steps.later.output.keys, 3)', 3],
    ['default(steps.look.output.none, 4)', 4],
    ['default(steps.look.output["keys"], 4)', 7],
    ['steps["look-up"].state', 'skipped'],
    ['"keys" in output', true],
    ['parameters.prefix + "*"', 'page:*'],
    ['string(output.keys) + " keys"', '99999 keys'],
    ['"page:x".startsWith(parameters.prefix)', true],
    ['"A-I-ß".lowerAscii()', 'a-i-ß'],
    ['"a-i-ß".upperAscii()', 'A-I-ß'],
    ['" a ".trim()', 'a'],
    ['"a,b".split(",").join("+")', 'a+b'],
    ['size("😀")', 1],
    ['"a" < "b" && "Z" < "a" && "z" < "ä"', true],
    ['[1, "a", null] == [1, "a", null]', true],
    ['{"a": [1]} == {"a": [1.0]}', true],
    ['1 == "1"', false],
    ['steps.look.output.prefixes.exists(p, p == "a")', true],
    ['steps.look.output.prefixes.all(p, p == "a")', false],
    ['output.sizes.exists_one(s, s > 3)', true],
    ['output.sizes.filter(s, s > 1).map(s, s * 2)', [4, 7]],
    ['output.sizes.map(s, s > 1, {"size": s})', [{ size: 2 }, { size: 3.5 }]],
    ['output.sizes.map(s, output.sizes.map(t, s * t))[1][2]', 7],
    ['${{ parameters.limit }}', 10],
  ])('works out %s', (expression, result) => {
    expect(evaluate(expression)).toEqual(result);
  });

  it.each([
    ['', /empty/],
    ['output.', /Expected IDENTIFIER/],
    ['1 +', /can't be worked out/],
    ['process.exit(1)', /no 'process'/],
    ['parameter.prefix', /no 'parameter'.*Did you mean 'parameters'/],
    ['item', /no 'item' at this place/],
    ['steps', /has to be named/],
    ['steps[parameters.prefix]', /has to be named/],
    ['"a".matches("a")', /no method matches/],
    ['b"abc"', /bytes/],
    ['1u', /unsigned/],
    ['cel.bind(x, 1, x)', /no 'cel'/],
    ['google.protobuf.Duration', /no 'google'/],
    ['type(1)', /no function type/],
    ['toString()', /no function toString/],
    ['"a".constructor("b")', /no method constructor/],
    ['"a".valueOf()', /no method valueOf/],
    ['size(1, 2)', /written size\(value\)/],
    ['output.sizes.map(output, 1)', /already means something/],
    ['output.nothing', /no field "nothing"; there are: keys, hitRatio/],
    ['before.keys', /asked of nothing/],
    ['output.sizes[3]', /no entry 3 in a list of 3/],
    ['output.sizes[0.5]', /no entry 0.5/],
    ['output.sizes["length"]', /no entry "length"/],
    ['output.sizes.length', /no entry "length"/],
    ['"a".length', /no field "length"/],
    ['"a" + 1', /string\(…\)/],
    ['"a" < 1', /can't be compared/],
    ['1 && true', /true or false is needed/],
    ['1 / 0', /divides by 0/],
    ['1.5 % 0', /divides by 0/],
    ['1e308 * 10', /too large/],
    ['9007199254740993', /too large/],
    ['int("0x10")', /does not say a number/],
    ['min([])', /no entries/],
    ['{1: 2}', /plain texts/],
    ['string(output)', /can't be turned into text/],
  ])('refuses %s', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(InputError);
    expect(() => evaluate(expression)).toThrow(message);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('knows no key %s', key => {
    const hostile: JsonObject = JSON.parse(
      `{"${key}": {"polluted": true}, "own": 1}`,
    );
    const at = (expression: string) =>
      evaluateExpression(expression, { ...scope, output: hostile });
    expect(() => at(`output["${key}"]`)).toThrow(/no field/);
    expect(at(`"${key}" in output`)).toBe(false);
    expect(at('output')).toEqual({ own: 1 });
    expect(() => at(`{"${key}": 1}`)).toThrow(/plain texts/);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    'output.toString',
    'output.hasOwnProperty',
    'output.__defineGetter__',
    'output.valueOf',
  ])('knows nothing that objects inherit: %s', expression => {
    expect(() => evaluate(expression)).toThrow(/no field/);
  });

  describe('within bounds', () => {
    const list = Array.from({ length: 5_000 }, (_, index) => index);
    const large: ExpressionScope = { ...scope, output: { list } };

    it.each([
      [
        'a walk within a walk',
        'output.list.all(a, output.list.all(b, a >= 0))',
      ],
      [
        'comparing large lists again and again',
        'output.list.exists(a, output.list == output.list + [1])',
      ],
      ['a list that doubles', `[output.list]${'.map(l, l + l)'.repeat(12)}[0]`],
      ['a text that doubles', `["abcdefgh"]${'.map(t, t + t)'.repeat(20)}[0]`],
      ['a list of lists that doubles', `[[0]]${'.map(l, [l, l])'.repeat(30)}`],
      [
        'joining a long list of long texts',
        'output.list.map(x, "abcdefghijklmnopqrstuvwxyz").join(",")',
      ],
      [
        'looking through long texts',
        `["0123456789"]${'.map(t, t + t)'.repeat(
          12,
        )}.map(t, output.list.all(x, t.contains("x") == false))`,
      ],
    ])('stops %s', (_, expression) => {
      expect(() => evaluateExpression(expression, large)).toThrow(InputError);
    });

    it.each([
      ['nesting', `${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
      ['denying', `${'!'.repeat(1_900)}true && 1`],
      ['length', `1${'+1'.repeat(50_000)}`],
      ['lists', `${'['.repeat(900)}${']'.repeat(900)}`],
      ['conditions', `${'true ? true : '.repeat(130)}true`],
      ['text', `"${'a'.repeat(2_000)}"`],
    ])('refuses endless %s', (_, expression) => {
      expect(() => evaluate(expression)).toThrow(InputError);
    });

    it('refuses results that are too deep or too large', () => {
      let deep: JsonValue = 1;
      for (let i = 0; i < 100_000; i += 1) deep = [deep];
      expect(() =>
        evaluateExpression('output', { ...scope, output: deep }),
      ).toThrow(/deep/);
      expect(() =>
        evaluateExpression('output == before', {
          ...scope,
          output: deep,
          before: [deep],
        }),
      ).toThrow(InputError);
      expect(() =>
        evaluateExpression('output', {
          ...scope,
          output: Array.from({ length: 20_001 }, () => 0),
        }),
      ).toThrow(/more than 20000 values/);
    });
  });

  it('says which expression it is about', () => {
    expect(() => evaluate(' output.kyes > 1')).toThrow(
      "The expression 'output.kyes > 1' can't be worked out: there is no field \"kyes\"",
    );
  });

  it('throws nothing but InputError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                'output',
                'steps.look',
                '.keys',
                '[0]',
                '(',
                ')',
                '{',
                '}',
                '[',
                ']',
                '&&',
                '||',
                '!',
                '+',
                '-',
                '/',
                '"a"',
                '1',
                'null',
                '.map(x,',
                'size(',
                '?',
                ':',
                ',',
                ' in ',
                '__proto__',
              ),
              { maxLength: 30 },
            )
            .map(parts => parts.join('')),
        ),
        fc.jsonValue(),
        (expression, output) => {
          const plain: JsonValue = JSON.parse(JSON.stringify(output));
          const thrown = thrownBy(() =>
            evaluateExpression(expression, { ...scope, output: plain }),
          );
          expect(thrown === undefined || thrown instanceof InputError).toBe(
            true,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('describes every function', () => {
    const usages = describeExpressionFunctions().map(({ usage }) => usage);
    expect(new Set(usages).size).toBe(usages.length);
    expect(usages).toEqual(
      expect.arrayContaining(['has(object.field)', 'text.contains(part)']),
    );
  });
});
