import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import fc from 'fast-check';
import type { ExpressionScope } from './ExpressionScope';
import { referencedSteps } from './referencedSteps';
import { renderTemplate } from './renderTemplate';

const scope: ExpressionScope = {
  parameters: {
    prefix: 'page:',
    evil: '${{ context.secret }}',
    list: [1, 2],
    none: null,
  },
  context: { secret: 'hidden' },
  steps: { look: { output: { keys: 5 } } },
};

describe('renderTemplate', () => {
  it.each<[JsonValue, JsonValue]>([
    ['plain', 'plain'],
    ['${{ parameters.list }}', [1, 2]],
    ['  ${{ steps.look.output.keys }}  ', 5],
    ['${{ parameters.none }}', null],
    ['${{ parameters.prefix }}*', 'page:*'],
    ['${{1}}${{2}}', '12'],
    ['a ${{ parameters.list }} b', 'a [1,2] b'],
    ['${{ {"a": {"b": 1}} }}', { a: { b: 1 } }],
    ["x ${{ 'a }} b' }} y", 'x a }} b y'],
    ["${{ '${{' }} stays", '${{ stays'],
    ['$ { { } } ${ x } {{ y }}', '$ { { } } ${ x } {{ y }}'],
    [
      {
        a: ['${{ parameters.prefix }}', 1, true, null],
        b: { c: '${{ 1 + 1 }}' },
      },
      { a: ['page:', 1, true, null], b: { c: 2 } },
    ],
  ])('fills in %j', (template, result) => {
    expect(renderTemplate(template, scope)).toEqual(result);
  });

  it('never looks at what was filled in for expressions', () => {
    expect(renderTemplate('${{ parameters.evil }}', scope)).toBe(
      '${{ context.secret }}',
    );
    expect(renderTemplate('a ${{ parameters.evil }}', scope)).toBe(
      'a ${{ context.secret }}',
    );
    expect(renderTemplate('${{ "$" }}{{ context.secret }}', scope)).toBe(
      '${{ context.secret }}',
    );
  });

  it('does not write null as a word', () => {
    expect(() => renderTemplate('a${{ parameters.none }}', scope)).toThrow(
      /gives nothing/,
    );
  });

  it('refuses an expression without an end', () => {
    expect(() => renderTemplate('a ${{ 1', scope)).toThrow(/does not close/);
    expect(() => renderTemplate('${{ "}}', scope)).toThrow(/does not close/);
  });

  it('keeps keys of machinery out', () => {
    const hostile: JsonValue = JSON.parse(
      '{"__proto__": {"polluted": 1}, "a": {"constructor": {"prototype": 1}}}',
    );
    expect(renderTemplate(hostile, scope)).toEqual({ a: {} });
    expect('polluted' in {}).toBe(false);
  });

  it('is bounded', () => {
    const many = Array.from({ length: 3_000 }, () => '${{ parameters.list }}');
    expect(() =>
      renderTemplate(
        many.map(text => [text, text, text]),
        scope,
      ),
    ).toThrow(/more than 20000 values/);
    expect(() =>
      renderTemplate('${{ parameters.prefix }}-'.repeat(15_000), scope),
    ).toThrow(/characters/);
    let deep: JsonValue = '${{ 1 }}';
    for (let i = 0; i < 50_000; i += 1) deep = { deep };
    expect(() => renderTemplate(deep, scope)).toThrow(InputError);
  });

  it('throws nothing but InputError, and leaves what has no expression alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const template: JsonValue = JSON.parse(JSON.stringify(value));
        fc.pre(
          !/\$\{\{|__proto__|constructor|prototype/.test(
            JSON.stringify(template),
          ),
        );
        expect(renderTemplate(template, scope)).toEqual(template);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('${{', '}}', '"', "'", '{', '}', '\\', 'a', '1', ' '),
        ),
        parts => {
          const thrown = thrownBy(() => renderTemplate(parts.join(''), scope));
          expect(thrown === undefined || thrown instanceof InputError).toBe(
            true,
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('referencedSteps', () => {
  it('finds steps in expressions and templates', () => {
    expect(referencedSteps('steps.b.output.x > steps["a-1"].output')).toEqual([
      'a-1',
      'b',
    ]);
    expect(referencedSteps('${{ has(steps.c.output) }} of')).toEqual(['c']);
    expect(
      referencedSteps({
        a: ['steps.no', '${{ parameters.x }}${{ steps.yes.output.x }}'],
      }),
    ).toEqual(['yes']);
    expect(referencedSteps('Tell #data that it is slow.')).toEqual([]);
    expect(referencedSteps('${{ broken')).toEqual([]);
  });
});
