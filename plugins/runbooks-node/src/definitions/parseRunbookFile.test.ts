import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { ACTIONS, STAMPEDE } from './__testUtils__/stampede';
import { definitionHash } from './definitionHash';
import { findSchemaProblems } from './jsonSchema';
import { parseRunbookFile } from './parseRunbookFile';
import { runbookFileJsonSchema } from './runbookFileJsonSchema';
import { runbookFlowchart } from './runbookFlowchart';

const source = 'runbooks/stampede.yaml';

function read(text: string) {
  return parseRunbookFile({ text, source, actions: ACTIONS });
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

/** The file with one thing changed, what is told of it, and where. */
function changed(from: string, to: string) {
  if (!STAMPEDE.includes(from)) throw new Error(`No ${from} in the example`);
  const text = STAMPEDE.replace(from, to);
  return { text, ...read(text) };
}

describe('parseRunbookFile', () => {
  it('reads all that a file says, with defaults', () => {
    const { definition, problems } = read(STAMPEDE);
    expect(problems).toEqual([]);
    expect(definition).toMatchObject({
      name: 'cache-stampede',
      verb: 'Stop the stampede',
      risk: 'high',
      whenLocked: 'refuse',
      runAs: 'user:default/olivia',
      approval: { groups: [], count: 1, expiresAfterMs: 3_600_000 },
      limits: { maxPerHour: 20 },
      parameters: { additionalProperties: false },
      steps: [
        { kind: 'check', if: 'parameters.deep == true' },
        {
          kind: 'manual',
          expiresAfterMs: 3_600_000,
          answerSchema: { required: ['seen'] },
        },
        {
          kind: 'approval',
          rule: {
            groups: ['group:default/data-platform'],
            count: 2,
            expiresAfterMs: 1_800_000,
          },
        },
        {
          kind: 'action',
          action: 'redis:flush-keys',
          timeoutMs: 300_000,
          retry: { attempts: 3, delayMs: 5_000 },
          foreach: {
            in: 'steps.look.output.prefixes',
            concurrency: 2,
            maxItems: 50,
            stopOnErrorRate: 0,
          },
        },
        { kind: 'verify', withinMs: 120_000, everyMs: 10_000 },
      ],
      onFailure: [{ id: 'call' }],
      finally: [{ message: 'This does not hold: output.keys >= 0' }],
    });
  });

  it.each<[string, string, string, RegExp]>([
    [
      'verb: Stop',
      'verbe: Stop',
      'spec.verbe',
      /no field 'verbe'.*Did you mean 'verb'/,
    ],
    [
      '      assert: output.keys < 100000',
      '      asert: output.keys < 100000',
      'spec.steps[0].asert',
      /Did you mean 'assert'/,
    ],
    [
      '        maxKeys: 100',
      '        maxKey: 100',
      'spec.steps[3].input.maxKey',
      /Did you mean 'maxKeys'/,
    ],
    [
      'maxKeys: 100',
      'maxKeys: many',
      'spec.steps[3].input.maxKeys',
      /must be integer/,
    ],
    ['risk: high', 'risk: High', 'spec.risk', /low, medium, high/],
    [
      'risk: high',
      'risk: medium',
      'spec.risk',
      /'redis:flush-keys' is high.*at least high/,
    ],
    ['kind: Runbook', 'kind: runbook', 'kind', /has to be Runbook/],
    ['name: cache-stampede', 'name: Cache Stampede', 'metadata.name', /a to z/],
    ['id: tell', 'id: look', 'spec.steps[1].id', /Another step/],
    [
      'output.keys < 100000',
      'output.keys <',
      'spec.steps[0].assert',
      /can't be used/,
    ],
    [
      'output.keys < 100000',
      'output.keys < limit',
      'spec.steps[0].assert',
      /no 'limit'/,
    ],
    [
      'output.keys < 100000',
      'before.keys > 1',
      'spec.steps[0].assert',
      /no 'before' at this place/,
    ],
    [
      'output.keys < 100000',
      'parameters.prefix.matches("(a+)+$")',
      'spec.steps[0].assert',
      /no method matches/,
    ],
    [
      'steps.look.output.prefixes',
      'steps.lok.output.prefixes',
      'spec.steps[3].foreach.in',
      /no step 'lok'. Did you mean 'look'/,
    ],
    [
      'steps.look.output.prefixes',
      'steps.proof.output.prefixes',
      'spec.steps[3].foreach.in',
      /has not run by then/,
    ],
    [
      'prefix: ${{ item }}',
      'prefix: ${{ parameters.prefx }}',
      'spec.steps[3].input.prefix',
      /Did you mean 'prefix'/,
    ],
    [
      'prefix: ${{ item }}',
      'prefix: ${{ item',
      'spec.steps[3].input.prefix',
      /not closed/,
    ],
    [
      'name: ${{ parameters.prefix }}',
      'name: ${{ steps.look.output.x }}',
      'spec.target.name',
      /no 'steps' at this place/,
    ],
    [
      'check: redis:inspect-prefix',
      'check: redis:inspect-prefx',
      'spec.steps[0].check',
      /Did you mean 'redis:inspect-prefix'/,
    ],
    [
      'check: redis:inspect-prefix',
      'check: redis:flush-keys',
      'spec.steps[0].check',
      /only reads/,
    ],
    [
      'action: redis:flush-keys',
      'action: trino:kill-query',
      'spec.steps[3].retry',
      /can't be repeated/,
    ],
    [
      'timeout: { minutes: 5 }',
      'timeout: 5 minutes',
      'spec.steps[3].timeout',
      /no length of time/,
    ],
    [
      'timeout: { minutes: 5 }',
      'timeout: 5d',
      'spec.steps[3].timeout',
      /from 1s to 6h/,
    ],
    ['within: 2m', 'within: 2s', 'spec.steps[4].every', /shorter than within/],
    [
      'concurrency: 2',
      'concurrency: 200',
      'spec.steps[3].foreach.concurrency',
      /from 1 to 10/,
    ],
    [
      '0 3 * * mon-fri',
      '0 25 * * *',
      'spec.triggers[1].cron.expression',
      /'25' is no hour/,
    ],
    [
      '0 3 * * mon-fri',
      '0 3 * *',
      'spec.triggers[1].cron.expression',
      /this has 4/,
    ],
    [
      'Europe/Amsterdam',
      'Europe/Asterdam',
      'spec.triggers[1].cron.timeZone',
      /no time zone/,
    ],
    [
      "parameters: { connection: demo, prefix: 'page:' }",
      'parameters: { connection: demo }',
      'spec.triggers[1].start.parameters.prefix',
      /missing/,
    ],
    ['  runAs: user:olivia\n', '', 'spec.triggers[1].start', /spec.runAs/],
    [
      'slo: { indicator: cache-hit-ratio }',
      'slo: {}',
      'spec.triggers[0].slo',
      /which SLOs/,
    ],
    [
      'prefix: { type: string, maxLength: 100 }',
      'prefix: { type: text }',
      'spec.parameters',
      /no JSON Schema/,
    ],
    [
      'prefix: { type: string, maxLength: 100 }',
      'prefix: { type: string, maxLenght: 1 }',
      'spec.parameters',
      /maxLenght/,
    ],
    [
      'prefix: { type: string, maxLength: 100 }',
      'prefix: { type: string, pattern: "(a+)+$" }',
      'spec.parameters.properties.prefix.pattern',
      /for ever/,
    ],
    [
      'prefix: { type: string, maxLength: 100 }',
      "prefix: { $ref: 'http://example.invalid/x' }",
      'spec.parameters.properties.prefix.$ref',
      /not followed/,
    ],
    [
      'required: [connection, prefix]',
      'required: [connection, prefx]',
      'spec.parameters.required[1]',
      /not under properties/,
    ],
    [
      '      manual: "Tell #data',
      '      manuel: "Tell #data',
      'spec.steps[1]',
      /Nothing says what this step does/,
    ],
    [
      '      if: ${{',
      '      manual: Look\n      if: ${{',
      'spec.steps[0]',
      /check and manual/,
    ],
    [
      'group:default/data-platform]',
      'data-platform]',
      'spec.steps[2].approval.groups[0]',
      /entity ref/,
    ],
    ['      title: Proof\n', '', 'spec.steps[4].title', /missing/],
    ['title: Proof', 'title: [Proof]', 'spec.steps[4].title', /not a text/],
    ['title: Proof', 'title:', 'spec.steps[4].title', /not a text/],
  ])('tells where %j → %j is wrong', (from, to, field, message) => {
    const { definition, problems } = changed(from, to);
    expect(definition).toBeUndefined();
    const problem = problems.find(found => found.field === field);
    expect(problem?.message).toMatch(message);
    expect(problem).toMatchObject({ severity: 'error', source });
    expect(problem?.line).toBeGreaterThan(0);
    expect(problem?.column).toBeGreaterThan(0);
  });

  it('gives the very line and column', () => {
    const { problems, text } = changed(
      '        maxKeys: 100',
      '        maxKey: 100',
    );
    expect(problems).toEqual([
      {
        severity: 'error',
        field: 'spec.steps[3].input.maxKey',
        message: expect.any(String),
        source,
        line: lineOf(text, 'maxKey: 100'),
        column: 9,
      },
    ]);
  });

  it('helps with hyphens in names', () => {
    const { problems } = read(
      STAMPEDE.replace(/id: look\n/, 'id: look-up\n').replace(
        /steps\.look\./g,
        'steps.look-up.',
      ),
    );
    expect(problems[0].message).toMatch(/no 'up'|steps\['look-up'\]/);
  });

  it('warns of what is odd', () => {
    const { definition, problems } = read(
      STAMPEDE.replace(/ {2}docs: \|\n.*\n/, '')
        .replace('deep: {', 'unused: { type: string }\n      deep: {')
        .replace(/ {4}- id: proof[\s\S]* {2}onFailure/, '  onFailure'),
    );
    expect(definition).toBeDefined();
    expect(problems.map(({ severity }) => severity)).toEqual([
      'warning',
      'warning',
      'warning',
    ]);
  });

  it('does not check which actions there are unless it is told', () => {
    const text = STAMPEDE.replace(/redis:/g, 'nowhere:');
    expect(parseRunbookFile({ text, source }).problems).toEqual([]);
    expect(read(text).problems).not.toEqual([]);
  });

  describe('hostile files', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array.from(
              { length: 9 },
              () => `*${'abcdefgh'[index]}`,
            ).join(', ')}]`,
        ),
    ].join('\n');

    it.each<[string, string, RegExp]>([
      ['an alias bomb', bomb, /aliases/],
      ['10 MB', `a: ${'x'.repeat(10 * 1024 * 1024)}`, /more than the 262144/],
      ['endless lists', '['.repeat(100_000), /./],
      [
        'deep lists',
        `a: ${'['.repeat(500)}${']'.repeat(500)}`,
        /levels|nesting/,
      ],
      [
        'deep objects',
        Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
        /levels/,
      ],
      ['an alias of itself', 'a: &a [*a]', /./],
      ['an alias of nothing', 'a: *nothing', /./],
      ['a merge key', 'a: &a {x: 1}\nb:\n  <<: *a', /Merge keys/],
      ['a tag', 'a: !!js/function "function(){}"', /tag|plain YAML/i],
      ['a core tag', 'a: !!binary aGk=', /tag|plain YAML/i],
      ['a set', 'a: !!set {x}', /tag|plain YAML/i],
      ['a field written twice', 'kind: a\nkind: b', /written twice/],
      ['__proto__', '__proto__: {polluted: 1}', /can't be called/],
      [
        'constructor',
        'a: {constructor: {prototype: {polluted: 1}}}',
        /can't be called/,
      ],
      ['a list as a name', '? [a]\n: b', /no plain name/],
      ['infinity', 'a: .inf', /no number/],
      ['two documents', 'a: 1\n---\nb: 2', /more than one document/],
      ['nothing', '', /empty|object/],
      ['a comment', '# x', /empty|object/],
      ['a text', 'hello', /object/],
      ['a tab', 'a:\n\t- b', /plain YAML/],
      ['a NUL', 'a: "\u0000"', /./],
      [
        'twenty thousand values',
        `a: [${'1,'.repeat(20_001)}]`,
        /more than 20000 values/,
      ],
      [
        'too many steps',
        STAMPEDE.replace(
          'onFailure:',
          `onFailure:\n${'    - {id: a}\n'.repeat(51)}`,
        ),
        /more than the 50 steps/,
      ],
    ])('refuses %s', (_, text, message) => {
      const { definition, problems } = read(text);
      expect(definition).toBeUndefined();
      expect(problems.length).toBeLessThanOrEqual(101);
      expect(problems.map(problem => problem.message).join('\n')).toMatch(
        message,
      );
      expect('polluted' in {}).toBe(false);
    });

    it('tells a bounded number of problems', () => {
      const steps = Array.from({ length: 50 }, () => '    - {a: 1, b: 2}');
      const { problems } = read(
        `${STAMPEDE.slice(
          0,
          STAMPEDE.indexOf('  steps:'),
        )}  steps:\n${steps.join('\n')}\n  finally:\n${steps.join(
          '\n',
        )}\n  onFailure:\n${steps.join('\n')}`,
      );
      expect(problems).toHaveLength(101);
      expect(problems[100].message).toMatch(/50 more problems/);
    });

    it('never throws, whatever becomes of a file', () => {
      fc.assert(
        fc.property(
          fc.nat(STAMPEDE.length),
          fc.nat(20),
          fc.oneof(
            fc.string(),
            fc.constantFrom(
              '\n',
              '  ',
              ': ',
              '- ',
              '{',
              '[',
              '&a ',
              '*a ',
              '${{',
            ),
          ),
          (at, length, insert) => {
            const { definition, problems } = read(
              STAMPEDE.slice(0, at) + insert + STAMPEDE.slice(at + length),
            );
            const errors = problems.some(
              ({ severity }) => severity === 'error',
            );
            expect(definition === undefined).toBe(errors);
          },
        ),
        { numRuns: 300 },
      );
    });
  });
});

describe('definitionHash', () => {
  it('tells what counts from what does not', () => {
    const first = read(STAMPEDE).definition;
    const reordered = read(
      `# other\n${stringify(parse(STAMPEDE), { sortMapEntries: true })}`,
    ).definition;
    const other = read(
      STAMPEDE.replace('maxKeys: 100', 'maxKeys: 101'),
    ).definition;
    if (!first || !reordered || !other) throw new Error('Not read');
    expect(definitionHash(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(definitionHash(reordered)).toBe(definitionHash(first));
    expect(definitionHash(other)).not.toBe(definitionHash(first));
  });
});

describe('runbookFlowchart', () => {
  it('draws the steps', () => {
    const { definition } = read(
      STAMPEDE.replace('title: Flush', "title: '\"];<script> %% `Flush`'"),
    );
    if (!definition) throw new Error('Not read');
    const chart = runbookFlowchart(definition);
    expect(chart).toMatch(/^flowchart TD\n {2}approval\[\["Approval"\]\]/);
    expect(chart).toContain('steps3["#34;#93;#59;#60;script#62;');
    expect(chart).not.toContain('<script>');
    expect(chart).toContain('steps -. fails .-> onFailure');
    expect(chart).toContain('onFailure --> finally');
  });
});

describe('runbookFileJsonSchema', () => {
  it('takes the file, and no unknown field', () => {
    const schema = runbookFileJsonSchema();
    expect(findSchemaProblems(schema, parse(STAMPEDE))).toEqual([]);
    expect(
      findSchemaProblems(schema, parse(STAMPEDE.replace('verb:', 'verbe:'))),
    ).toEqual([expect.objectContaining({ path: ['spec', 'verbe'] })]);
  });
});
