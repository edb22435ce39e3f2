import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latencySlo, PARSE_CONTEXT } from './__testUtils__/sloTexts';
import { parseSloFile, parseSloFiles } from './parseSloFiles';
import { isUsable, SloParseContext } from './SloFile';

const parse = (text: string, context: Partial<SloParseContext> = {}) =>
  parseSloFile(
    { location: 'slos.yaml', text },
    { ...PARSE_CONTEXT, ...context },
  );

/** `line field: beginning of the message` of each problem. */
const told = (text: string, context?: Partial<SloParseContext>) =>
  parse(text, context).problems.map(
    ({ severity, line, field, message }) =>
      `${severity} ${line} ${field}: ${message}`,
  );

const RATIO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: journey }
spec:
  service: shop
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Timeslices
  objectives:
    - target: 0.99
      timeSliceTarget: 0.95
      timeSliceWindow: 5m
      indicatorRef: queries
    - target: 0.95
      timeSliceTarget: 0.95
      timeSliceWindow: 5m
      compositeWeight: 0.5
      indicatorRef: cache
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: queries }
spec:
  ratioMetric:
    rawType: success
    raw:
      metricSource:
        metricSourceRef: cluster
        spec: { indicator: query-success }
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: cache }
spec:
  ratioMetric:
    rawType: success
    raw:
      metricSource:
        type: lakehouse
        spec: { indicator: cache-hit-ratio, connection: cache, where: { prefix: shop } }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: cluster }
spec: { type: lakehouse, connectionDetails: [{ connection: analytics }] }
`;

describe('an OpenSLO file', () => {
  it('becomes a definition', () => {
    const { slos, problems, format } = parse(latencySlo());
    expect(problems).toEqual([]);
    expect(format).toBe('openslo');
    expect(slos).toEqual([
      {
        line: 1,
        definition: {
          name: 'latency',
          service: 'personal-api',
          labels: {},
          window: { kind: 'rolling', durationMs: 30 * 86_400_000 },
          method: 'Occurrences',
          objectives: [
            {
              key: '0',
              target: 0.99,
              weight: 1,
              threshold: { op: 'lte', value: 500, unit: 'ms' },
              sli: {
                name: 'query-latency',
                source: {
                  type: 'lakehouse',
                  indicator: 'query-latency',
                  connection: 'analytics',
                  filter: { source: 'personal-api' },
                },
              },
            },
          ],
          alertPolicies: [],
          budgetPolicy: [],
          runbooks: [],
        },
      },
    ]);
  });

  it('takes percentages without the rests of a division', () => {
    const { slos } = parse(
      latencySlo({ replace: { 'target: 0.99': 'targetPercent: 99.95' } }),
    );
    expect(slos[0].definition.objectives[0].target).toBe(0.9995);
  });

  it('follows references between documents, and makes a composite of several indicators', () => {
    const { slos, problems } = parse(RATIO);
    expect(problems).toEqual([]);
    expect(slos).toHaveLength(1);
    expect(
      slos[0].definition.objectives.map(({ sli, weight, slice, key }) => ({
        key,
        weight,
        slice,
        connection: sli.source.connection,
      })),
    ).toEqual([
      {
        key: '0',
        weight: 1,
        slice: { durationMs: 300_000, target: 0.95 },
        connection: 'analytics',
      },
      {
        key: '1',
        weight: 0.5,
        slice: { durationMs: 300_000, target: 0.95 },
        connection: 'cache',
      },
    ]);
  });

  it('makes an SLO of each objective of one indicator', () => {
    const text = RATIO.replace('      indicatorRef: queries\n', '')
      .replace('      indicatorRef: cache\n', '')
      .replace('      compositeWeight: 0.5\n', '')
      .replace('  service: shop', '  service: shop\n  indicatorRef: queries');
    expect(
      parse(text).slos.map(({ definition }) => [
        definition.name,
        definition.objectives.map(({ key, target }) => [key, target]),
      ]),
    ).toEqual([
      ['journey-1', [['0', 0.99]]],
      ['journey-2', [['0', 0.95]]],
    ]);
  });

  it('reads calendars, labels and our annotations', () => {
    const { slos, problems } = parse(
      latencySlo({
        replace: {
          '  name: latency\n': `  name: latency
  displayName: Fast
  labels: { team: [a, b], tier: "1" }
  annotations:
    lakehouse-ops.io/runbooks: one, two, one
    lakehouse-ops.io/budget-policy: "0%: stop; 25.5 %: slow down"
    lakehouse-ops.io/entity: Shop
`,
          '    - duration: 30d\n      isRolling: true': `    - duration: 1Q
      calendar: { startTime: 2026-01-01 06:30:00, timeZone: Europe/Berlin }`,
        },
      }),
      { mayNameEntities: true },
    );
    expect(problems).toEqual([]);
    const [{ definition, entityRef }] = slos;
    expect(entityRef).toBe('component:default/shop');
    expect(definition).toMatchObject({
      displayName: 'Fast',
      labels: { team: 'a, b', tier: '1' },
      runbooks: ['one', 'two'],
      budgetPolicy: [
        { remaining: 0.255, action: 'slow down' },
        { remaining: 0, action: 'stop' },
      ],
      window: {
        kind: 'calendar',
        count: 1,
        unit: 'quarter',
        startTime: '2026-01-01T06:30:00',
        timeZone: 'Europe/Berlin',
      },
    });
  });

  it('reads alert policies, in place and by name', () => {
    const { slos, problems } = parse(`${latencySlo()}  alertPolicies:
    - alertPolicyRef: burns
    - kind: AlertPolicy
      metadata: { name: creeps }
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: { name: creep }
            spec:
              severity: ticket
              condition: { kind: burnrate, op: gt, threshold: 1, lookbackWindow: 3d, alertAfter: 15m }
        notificationTargets:
          - kind: AlertNotificationTarget
            metadata: { name: somebody }
            spec: { target: pager }
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: burns, displayName: Burns }
spec:
  alertWhenBreaching: true
  alertWhenNoData: true
  conditions: [{ conditionRef: fast }]
  notificationTargets: [{ targetRef: owner }, { targetRef: on-call }]
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast, annotations: { lakehouse-ops.io/short-window: 5m } }
spec:
  severity: page
  condition: { op: gte, threshold: 14.4, lookbackWindow: 1h }
`);
    expect(problems).toEqual([]);
    expect(slos[0].definition.alertPolicies).toEqual([
      {
        name: 'burns',
        displayName: 'Burns',
        whenBreaching: true,
        whenResolved: false,
        whenNoData: true,
        conditions: [
          {
            name: 'fast',
            severity: 'page',
            op: 'gte',
            factor: 14.4,
            longMs: 3_600_000,
            shortMs: 300_000,
            alertAfterMs: 0,
          },
        ],
        targets: ['owner', 'on-call'],
      },
      {
        name: 'creeps',
        whenBreaching: true,
        whenResolved: false,
        whenNoData: false,
        conditions: [
          {
            name: 'creep',
            severity: 'ticket',
            op: 'gt',
            factor: 1,
            longMs: 3 * 86_400_000,
            alertAfterMs: 900_000,
          },
        ],
        targets: ['pager'],
      },
    ]);
  });
});

describe('what is wrong is told where it stands', () => {
  it.each([
    [
      'an unknown field',
      { 'service:': 'servce: x\n  service:' },
      /^error 6 spec.servce: There is no field 'servce' here. Did you mean 'service'\?/,
    ],
    [
      'an unknown field deep inside',
      { 'where:': 'wher:' },
      /^error 18 .*spec\.wher: .*Did you mean 'where'\?/,
    ],
    [
      'an unknown kind',
      { 'kind: SLO': 'kind: SL0' },
      /^error 2 kind: There is no kind 'SL0'.*Did you mean 'SLO'\?/,
    ],
    [
      'another version',
      { 'openslo/v1': 'openslo/v2alpha' },
      /^error 1 apiVersion: 'openslo\/v2alpha' is not read here/,
    ],
    [
      'a name that is none',
      { 'name: latency': 'name: Latency SLO' },
      /^error 4 metadata.name: 'Latency SLO' is no name/,
    ],
    [
      'a field without its kind of value',
      { 'value: 500': 'value: fast' },
      /^error 26 spec.objectives\[0\].value: This is not a number/,
    ],
    [
      'a missing field',
      { '  service: personal-api\n': '' },
      /^error 5 spec.service: This field is missing/,
    ],
    [
      'an unknown indicator',
      { 'indicator: query-latency': 'indicator: query-latenzy' },
      /^error 15 .*indicator: There is no indicator 'query-latenzy'. Did you mean 'query-latency'\?/,
    ],
    [
      'an unknown source',
      { 'type: lakehouse': 'type: lakehose' },
      /^error 13 .*type: 'lakehose' is no source.*Did you mean 'lakehouse'\?/,
    ],
    [
      'an unknown connection',
      { 'connection: analytics': 'connection: analytic' },
      /^error 16 .*connection: There is no connection 'analytic'.*Did you mean 'analytics'\?/,
    ],
    [
      'a connection to another system',
      { 'connection: analytics': 'connection: cache' },
      /^error 16 .*connection: The connection 'cache' is to redis/,
    ],
    [
      'a threshold without unit',
      { '            unit: ms\n': '' },
      /^error 14 .*The unit of query-latency is missing.*ms, s, m, h/,
    ],
    [
      'a unit of something else',
      { 'unit: ms': 'unit: percent' },
      /^error 17 .*unit: query-latency is not measured in 'percent'/,
    ],
    [
      'a unit that is none',
      { 'unit: ms': 'unit: millis' },
      /^error 17 .*unit: 'millis' is no unit/,
    ],
    [
      'a filter that has no meaning',
      { 'source: personal-api': 'prefix: x' },
      /^error 19 .*where.prefix: query-latency can't be filtered by prefix/,
    ],
    [
      'a table that is none',
      { 'source: personal-api': 'table: daily_sales' },
      /^error 19 .*where.table: 'daily_sales' names no table/,
    ],
    [
      'a target of 100 %',
      { 'target: 0.99': 'target: 1' },
      /^error 27 spec.objectives\[0\].target: A target of 100 %/,
    ],
    [
      'a target of 0 %',
      { 'target: 0.99': 'targetPercent: 0' },
      /^error 27 spec.objectives\[0\].targetPercent: A target of 0 %/,
    ],
    [
      'a percentage as share',
      { 'target: 0.99': 'target: 99.5' },
      /^error 27 .*'99.5' is outside.*\(0\.995\), or targetPercent: 99\.5/,
    ],
    [
      'two targets',
      { 'target: 0.99': 'target: 0.99\n      targetPercent: 99' },
      /^error 25 spec.objectives\[0\]: Both target and targetPercent/,
    ],
    ['no comparison', { 'op: lte\n      ': '' }, /^error 25 .*op is missing/],
    [
      'a comparison that is none',
      { 'op: lte': 'op: "<="' },
      /^error 25 .*op: '<=' is no comparison/,
    ],
    ['no value', { '      value: 500\n': '' }, /^error 25 .*value is missing/],
    [
      'a value that can not be',
      { 'value: 500': 'value: -1' },
      /^error 26 .*value: -1 is outside/,
    ],
    [
      'not a number',
      { 'value: 500': 'value: .nan' },
      /^error 26 .*value: This is not a number/,
    ],
    [
      'an endless value',
      { 'value: 500': 'value: .inf' },
      /^error 26 .*value: This is not a number/,
    ],
    [
      'two windows',
      {
        '  budgetingMethod':
          '    - { duration: 1d, isRolling: true }\n  budgetingMethod',
      },
      /^error 20 spec.timeWindow: An SLO has exactly one/,
    ],
    [
      'a duration that is none',
      { 'duration: 30d': 'duration: 30 days' },
      /^error 21 .*duration: '30 days' is no duration/,
    ],
    [
      'a window of no length',
      { 'duration: 30d': 'duration: 0d' },
      /^error 21 .*duration: A duration of 0d holds nothing/,
    ],
    [
      'a window that nobody waits for',
      { 'duration: 30d': 'duration: 99Y' },
      /^error 21 .*The window lasts 36135 days/,
    ],
    [
      'a time zone that there is not',
      {
        'isRolling: true':
          'calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berln }',
      },
      /^error 22 .*timeZone: There is no time zone 'Europe\/Berln'. Did you mean 'Europe\/Berlin'\?/,
    ],
    [
      'a start that there is not',
      {
        'isRolling: true':
          'calendar: { startTime: 2026-02-30 00:00:00, timeZone: UTC }',
      },
      /^error 22 .*startTime: '2026-02-30 00:00:00' is no local time/,
    ],
    [
      'a method that is none',
      { Occurrences: 'Occurences' },
      /^error 23 spec.budgetingMethod: 'Occurences' is no budgeting method/,
    ],
    [
      'slices without length',
      { Occurrences: 'RatioTimeslices' },
      /^error 25 .*timeSliceWindow is missing/,
    ],
    [
      'slices without target',
      {
        Occurrences: 'Timeslices',
        'op: lte': 'timeSliceWindow: 5\n      op: lte',
      },
      /^error 25 .*timeSliceTarget is missing/,
    ],
    [
      'slices that do not fill an hour',
      {
        Occurrences: 'RatioTimeslices',
        'op: lte': 'timeSliceWindow: 7m\n      op: lte',
      },
      /^error 25 .*timeSliceWindow: Slices of 7m don't fill/,
    ],
    [
      'a reference to nothing',
      {
        '  timeWindow':
          '  alertPolicies: [{ alertPolicyRef: gone }]\n  timeWindow',
      },
      /^error 20 .*alertPolicyRef: There is no AlertPolicy 'gone'/,
    ],
    [
      'an indicator by name that there is not',
      { 'target: 0.99': 'target: 0.99\n      indicatorRef: gone' },
      /spec.objectives\[0\].indicatorRef: There is no SLI 'gone'/,
    ],
    [
      'a long description',
      { '  service': `  description: ${'x'.repeat(1_051)}\n  service` },
      /^error 6 spec.description: The description has 1051 characters/,
    ],
    [
      'a budget policy that is none',
      {
        '  name: latency\n':
          '  name: latency\n  annotations: { lakehouse-ops.io/budget-policy: stop }\n',
      },
      /^error 5 .*'stop' is no step of a budget policy/,
    ],
  ])('%s', (_, replace, problem) => {
    const text = latencySlo({
      replace: Object.fromEntries(Object.entries(replace)),
    });
    const problems = told(text);
    expect(problems.join('\n')).toMatch(new RegExp(problem.source, 'm'));
    expect(parse(text).slos).toEqual([]);
    expect(isUsable(parse(text))).toBe(false);
  });

  it.each([
    [
      'a window longer than what is kept',
      { 'duration: 30d': 'duration: 401d' },
      /^warning 21 .*The window lasts 401 days, but counts are kept for 400/,
    ],
    [
      'minutes that are likely months',
      { 'duration: 30d': 'duration: 1m' },
      /^warning 21 .*Months are written with a large M: 1M/,
    ],
    [
      'rolling months',
      { 'duration: 30d': 'duration: 1M' },
      /^warning 21 .*1M is counted as 30 days/,
    ],
    [
      'the wrong side of the value',
      { 'op: lte': 'op: gte' },
      /^warning 25 .*usually that is bad. Write lte/,
    ],
    [
      'slices that do not count',
      { 'op: lte': 'timeSliceWindow: 5m\n      op: lte' },
      /^warning 25 .*timeSliceWindow does not count/,
    ],
    [
      'a weight that does not count',
      { 'op: lte': 'compositeWeight: 2\n      op: lte' },
      /^warning 25 .*A weight counts only/,
    ],
    [
      'no window',
      { '  timeWindow:\n    - duration: 30d\n      isRolling: true\n': '' },
      /^warning 5 spec: There is no timeWindow/,
    ],
    [
      'an annotation of ours that is none',
      {
        '  name: latency\n':
          '  name: latency\n  annotations: { lakehouse-ops.io/runbook: x }\n',
      },
      /^warning 5 .*Did you mean 'lakehouse-ops.io\/runbooks'\?/,
    ],
    [
      'an entity of another',
      {
        '  name: latency\n':
          '  name: latency\n  annotations: { lakehouse-ops.io/entity: x }\n',
      },
      /^warning 5 .*belongs to that entity/,
    ],
    [
      'workers that nobody counts',
      {
        'indicator: query-latency': 'indicator: worker-availability',
        'unit: ms': 'unit: ratio',
        '            where:\n              source: personal-api\n': '',
        'op: lte': 'op: gte',
        'value: 500': 'value: 1',
      },
      /^warning 14 .*expectedWorkers is missing/,
    ],
  ])('but may be used all the same: %s', (_, replace, problem) => {
    const text = latencySlo({
      replace: Object.fromEntries(Object.entries(replace)),
    });
    expect(told(text).join('\n')).toMatch(problem);
    expect(parse(text).slos).toHaveLength(1);
    expect(isUsable(parse(text))).toBe(true);
  });

  it('allows a window as long as what is kept', () => {
    expect(told(latencySlo({ replace: { '30d': '400d' } }))).toEqual([]);
  });

  it('tells all problems at once', () => {
    const text = latencySlo({
      replace: {
        'value: 500': 'value: fast',
        'duration: 30d': 'duration: x',
        'service:': 'servise:',
      },
    });
    expect(parse(text).problems.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['in one file', [`${latencySlo()}---\n${latencySlo()}`], 'on line 1'],
    ['in two files of a set', [latencySlo(), latencySlo()], 'in 0.yaml'],
  ])('two equal names %s', (_, texts, where) => {
    const files = parseSloFiles(
      texts.map((text, index) => ({ location: `${index}.yaml`, text })),
      PARSE_CONTEXT,
    );
    const [problem] = files[files.length - 1].problems;
    expect(problem.severity).toBe('error');
    expect(problem.message).toContain(
      `There is another SLO 'latency' ${where}`,
    );
  });

  it('a composite with slices of different lengths', () => {
    expect(
      told(
        RATIO.replace(
          'timeSliceWindow: 5m\n      compositeWeight',
          'timeSliceWindow: 10m\n      compositeWeight',
        ),
      ),
    ).toEqual([
      expect.stringMatching(
        /^error 15 spec\.objectives\[1\]\.timeSliceWindow: The slices of this objective are 10 minutes long, those of the first are 5/,
      ),
    ]);
  });

  it('a value indicator as ratio, and a share as value', () => {
    expect(
      told(RATIO.replace('query-success', 'query-latency')),
    ).toContainEqual(
      expect.stringContaining('query-latency is a value, and a ratioMetric'),
    );
    expect(
      told(
        latencySlo({
          replace: { 'indicator: query-latency': 'indicator: query-success' },
        }),
      ),
    ).toContainEqual(
      expect.stringContaining(
        'query-success is a share of good and bad already',
      ),
    );
  });

  it('op and value do not count with a ratio', () => {
    const problems = told(
      RATIO.replace('    - target: 0.99', '    - target: 0.99\n      op: gt'),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /^warning 10 .*op: op has no meaning with a ratioMetric/,
      ),
    ]);
  });

  it('an alert that can never fire', () => {
    const problems = told(`${latencySlo({
      replace: { 'target: 0.99': 'target: 0.9' },
    })}  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: burns }
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: { name: fast }
            spec:
              severity: page
              condition: { op: gte, threshold: 14.4, lookbackWindow: 1h }
        notificationTargets: [{ targetRef: owner }]
`);
    expect(problems).toEqual([
      expect.stringMatching(
        /^warning 28 spec.alertPolicies: fast can never fire/,
      ),
    ]);
  });

  it('a policy of two conditions, an unknown target, and one that tells nobody', () => {
    const condition =
      '{ kind: AlertCondition, metadata: { name: fast }, spec: { severity: page, condition: { op: gte, threshold: 2, lookbackWindow: 1h } } }';
    const policy = (
      conditions: string,
      targets: string,
      more: string,
    ) => `apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: burns }
spec: { conditions: [${conditions}], notificationTargets: [${targets}]${more} }
`;
    expect(
      told(policy(`${condition}, ${condition}`, '{ targetRef: owner }', '')),
    ).toEqual([
      expect.stringMatching(
        /^error 4 spec.conditions: There are 2 conditions; OpenSLO allows exactly one/,
      ),
    ]);
    expect(
      told(
        policy(condition, '{ targetRef: page }', ', alertWhenBreaching: true'),
      ),
    ).toEqual([
      expect.stringMatching(
        /^error 4 .*There is no AlertNotificationTarget 'page'. Did you mean 'pager'\?/,
      ),
    ]);
    expect(told(policy(condition, '{ targetRef: owner }', ''))).toEqual([
      expect.stringMatching(/^warning 4 spec: This policy never tells anybody/),
    ]);
    expect(told(policy(condition, '', ', alertWhenBreaching: true'))).toEqual([
      expect.stringMatching(/^error 4 .*Nobody is told of this alert/),
    ]);
  });
});

describe('a set of files', () => {
  const [slo, sli] = [
    RATIO.split('---\n')[0],
    RATIO.slice(RATIO.indexOf('---\n') + 4),
  ];

  it('refers to each other', () => {
    const [first, second] = parseSloFiles(
      [
        { location: 'a.yaml', text: slo },
        { location: 'b.yaml', text: sli },
      ],
      PARSE_CONTEXT,
    );
    expect([...first.problems, ...second.problems]).toEqual([]);
    expect(first.slos).toHaveLength(1);
  });

  it('goes on with the last good version of one that is broken', () => {
    const [first, second] = parseSloFiles(
      [
        { location: 'a.yaml', text: slo },
        { location: 'b.yaml', text: 'kind: [', lastGood: sli },
      ],
      PARSE_CONTEXT,
    );
    expect(first.problems).toEqual([]);
    expect(first.slos).toHaveLength(1);
    expect(isUsable(second)).toBe(false);
  });
});

describe('a text that is no file of definitions', () => {
  const layers = 'bcdefgh'.split('').map((name, index) => {
    const before = 'abcdefgh'[index];
    return `${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`;
  });

  it.each([
    ['nothing', '', /The file is empty/],
    ['a word', 'hello', /The apiVersion is missing/],
    ['no YAML', 'a:\n\tb: 1', /This is no valid YAML: Tabs/],
    ['a field twice', 'a: 1\na: 2', /A field is written twice/],
    [
      'aliases that multiply',
      `a: &a [x]\n${layers.join('\n')}`,
      /can't be read as YAML: Excessive alias/,
    ],
    [
      'endless nesting',
      '['.repeat(200_000),
      /no valid YAML|can't be read as YAML/,
    ],
    ['too many documents', '---\na: 1\n'.repeat(501), /more than 500 objects/],
    [
      'too many entries of a list',
      '- a: 1\n'.repeat(501),
      /more than 500 objects/,
    ],
    [
      'more than is read',
      `# ${'x'.repeat(1024 * 1024)}`,
      /more than the 1048576 that are read/,
    ],
  ])('is told of: %s', (_, text, message) => {
    const { problems, slos } = parse(text);
    expect(problems[0].severity).toBe('error');
    expect(problems[0].message).toMatch(message);
    expect(slos).toEqual([]);
  });

  it('tells at most a hundred problems', () => {
    const { problems } = parse('- { kind: x }\n'.repeat(300));
    expect(problems).toHaveLength(101);
    expect(problems[100].message).toContain('200 more problems');
  });
});

describe('the files of the example catalog', () => {
  const folder = join(__dirname, '../../../../../examples/catalog');
  const names = readdirSync(join(folder, 'slos'));

  it.each(names)('%s has no problems', name => {
    const { problems, slos } = parse(
      readFileSync(join(folder, 'slos', name), 'utf8'),
    );
    expect(problems).toEqual([]);
    expect(slos.length).toBeGreaterThan(1);
  });

  it.each(names)('%s is named by an entity', name => {
    const entities = readdirSync(folder)
      .filter(file => file.endsWith('.yaml'))
      .map(file => readFileSync(join(folder, file), 'utf8'));
    expect(
      entities.filter(text =>
        text.includes(`lakehouse-ops.io/slo: ./slos/${name}`),
      ),
    ).toHaveLength(1);
  });
});

describe('the guide', () => {
  const guide = readFileSync(
    join(__dirname, '../../../../../docs/slo-files.md'),
    'utf8',
  );
  const files = [...guide.matchAll(/```yaml\n(apiVersion[^]*?)```/g)].map(
    ([, text]) => text,
  );

  it('has a file to copy, and alert policies', () => {
    expect(files).toHaveLength(2);
  });

  it.each(files)('shows what can be used: %#', text => {
    expect(parse(text).problems).toEqual([]);
  });
});
