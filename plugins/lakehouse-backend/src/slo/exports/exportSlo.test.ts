import type {
  BurnRateCondition,
  CalendarUnit,
  SliSource,
  SloDefinition,
  SloObjective,
  SloWindow,
} from '@lakehouse-ops/plugin-lakehouse-common';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { sloDefinition } from '../__testUtils__/slos';
import { parseSloFile } from '../definitions/parseSloFiles';
import { INDICATORS } from '../definitions/openslo/indicators';
import type { SloParseContext } from '../definitions/SloFile';
import { exportSlo } from './exportSlo';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const SYSTEMS = {
  analytics: 'trino',
  cache: 'redis',
  bi: 'superset',
  metrics: 'prometheus',
} as const;
const CONNECTION_OF = {
  trino: 'analytics',
  redis: 'cache',
  superset: 'bi',
} as const;
const context: SloParseContext = {
  knows: id => Object.entries(SYSTEMS).find(([known]) => known === id)?.[1],
  connections: Object.keys(SYSTEMS),
  notificationTargets: ['alertmanager'],
};

function read(text: string) {
  const file = parseSloFile({ location: 'slo.yaml', text }, context);
  expect(file.problems.filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  return file.slos.map(({ definition }) => definition);
}

const ID = 'component.default.personal-api.latency';

function exported(
  overrides: Partial<SloDefinition>,
  format: 'openslo' | 'sloth' | 'prometheus',
) {
  return exportSlo({ id: ID, definition: sloDefinition(overrides) }, format);
}

/** An SLO of a Prometheus source. */
function asked(
  query: Extract<SliSource, { type: 'prometheus' }>['query'],
  objective: Partial<SloObjective> = {},
): Partial<SloDefinition> {
  return {
    objectives: [
      {
        key: '0',
        target: 0.999,
        weight: 1,
        sli: {
          name: 'errors',
          source: { type: 'prometheus', connection: 'metrics', query },
        },
        ...objective,
      },
    ],
  };
}

const COUNTERS = {
  kind: 'bad-ratio',
  bad: 'sum(http_requests_total{code=~"5.."})',
  total: 'http_requests_total',
  counter: true,
} as const;

interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

function rulesOf(text: string): Rule[] {
  const { groups } = parse(text) as { groups: Array<{ rules: Rule[] }> };
  return groups.flatMap(({ rules }) => rules);
}

const line = (text: string) => text.replace(/\s+/g, ' ');

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
const words = fc
  .array(
    fc.constantFrom('fast', 'yes', '1e3', 'ünïcode', '# no', '{{x}}', 'a: b'),
    { minLength: 1, maxLength: 5 },
  )
  .map(list => list.join(' '));
const minutes = (max: number) =>
  fc.integer({ min: 1, max }).map(count => count * MINUTE_MS);
const target = fc
  .integer({ min: 1, max: 9_999 })
  .map(share => Number((share / 10_000).toPrecision(12)));

const window: fc.Arbitrary<SloWindow> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map(days => ({
    kind: 'rolling' as const,
    durationMs: days * DAY_MS,
  })),
  fc.record({
    kind: fc.constant('calendar' as const),
    count: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom<CalendarUnit>(
      'day',
      'week',
      'month',
      'quarter',
      'year',
    ),
    startTime: fc.constantFrom('2026-01-01T00:00:00', '2025-12-29T06:30:00'),
    timeZone: fc.constantFrom('Europe/Berlin', 'UTC'),
  }),
);

const query = fc.constantFrom(
  'sum(rate(x{a="b"}[{{.window}}]))',
  'x',
  'sum by (le) (x) # why',
);

const lakehouse = fc
  .constantFrom(...(Object.keys(INDICATORS) as Array<keyof typeof INDICATORS>))
  .chain(indicator => {
    const rules = INDICATORS[indicator];
    return fc.record({
      source: fc
        .record({
          filter: fc.constantFrom(...rules.filters, undefined),
          value: fc.constantFrom('etl.*', 'on', '123'),
        })
        .map(({ filter, value }) => ({
          type: 'lakehouse' as const,
          indicator,
          connection: CONNECTION_OF[rules.system as keyof typeof CONNECTION_OF],
          filter: filter
            ? { [filter]: filter === 'table' ? 'iceberg.gold.*' : value }
            : {},
          ...(indicator === 'query-success' && {
            badErrors: ['INTERNAL_ERROR', 'EXCEEDED_TIME_LIMIT'],
          }),
          ...(indicator === 'worker-availability' && { expectedWorkers: 4 }),
        })),
      threshold: rules.units
        ? fc.record({
            op: fc.constantFrom('lte' as const, 'gte' as const),
            value: fc.double({ min: 0, max: 1, noNaN: true }),
            unit: fc.constantFrom(...rules.units),
          })
        : fc.constant(undefined),
    });
  });

const prometheus = fc
  .record({
    query: fc.oneof(
      fc.record({
        kind: fc.constant('ratio' as const),
        good: query,
        total: query,
        counter: fc.constant(false),
      }),
      fc.record({
        kind: fc.constant('bad-ratio' as const),
        bad: fc.constant('bad_total'),
        total: fc.constant('all_total'),
        counter: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('raw' as const),
        raw: query,
        rawType: fc.constantFrom('success' as const, 'failure' as const),
      }),
      fc.record({ kind: fc.constant('threshold' as const), value: query }),
    ),
    threshold: fc.record({
      op: fc.constantFrom('lt' as const, 'gt' as const),
      value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      unit: fc.constantFrom('s' as const, 'percent' as const, 'count' as const),
    }),
  })
  .map(({ query: asks, threshold }) => ({
    source: {
      type: 'prometheus' as const,
      connection: 'metrics',
      query: asks,
    },
    threshold: asks.kind === 'threshold' ? threshold : undefined,
  }));

const measured = fc.oneof(lakehouse, prometheus);

const condition: fc.Arbitrary<BurnRateCondition> = fc
  .record({
    name,
    severity: fc.constantFrom('page', 'ticket', 'sev1'),
    op: fc.constantFrom('gte' as const, 'gt' as const),
    factor: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
    longMs: minutes(2_000).map(ms => ms + 5 * MINUTE_MS),
    shortMs: fc.option(minutes(5), { nil: undefined }),
    alertAfterMs: fc.constantFrom(0, 5 * MINUTE_MS),
  })
  .map(({ shortMs, ...rest }) => ({
    ...rest,
    ...(shortMs !== undefined && { shortMs }),
  }));

const definition: fc.Arbitrary<SloDefinition> = fc
  .record({
    name,
    displayName: fc.option(words, { nil: undefined }),
    description: fc.option(words, { nil: undefined }),
    service: words,
    labels: fc.dictionary(name, words, { maxKeys: 2 }),
    window,
    method: fc.constantFrom(
      'Occurrences' as const,
      'Timeslices' as const,
      'RatioTimeslices' as const,
    ),
    parts: fc.array(
      fc.record({
        measured,
        sliName: name,
        title: fc.option(words, { nil: undefined }),
        target,
        sliceTarget: target,
        weight: fc.constantFrom(1, 0.5, 3),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    sliceMs: fc.constantFrom(MINUTE_MS, 5 * MINUTE_MS, 60 * MINUTE_MS),
    policies: fc.uniqueArray(
      fc.record({
        name,
        condition,
        flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        targets: fc.uniqueArray(
          fc.constantFrom('owner', 'on-call', 'alertmanager'),
          { minLength: 1 },
        ),
      }),
      { maxLength: 2, selector: policy => policy.name },
    ),
    steps: fc.uniqueArray(fc.integer({ min: -100, max: 100 }), {
      maxLength: 3,
    }),
    runbooks: fc.uniqueArray(name, { maxLength: 2 }),
  })
  .map(({ parts, sliceMs, policies, steps, displayName, ...rest }) => ({
    ...rest,
    ...(displayName !== undefined && { displayName }),
    objectives: parts.map((part, index) => ({
      key: String(index),
      ...(part.title !== undefined && { displayName: part.title }),
      sli: { name: part.sliName, source: part.measured.source },
      target: part.target,
      ...(part.measured.threshold && { threshold: part.measured.threshold }),
      ...(rest.method !== 'Occurrences' && {
        slice: {
          durationMs: sliceMs,
          ...(rest.method === 'Timeslices' && { target: part.sliceTarget }),
        },
      }),
      weight: parts.length > 1 ? part.weight : 1,
    })),
    alertPolicies: policies.map(policy => ({
      name: policy.name,
      whenBreaching: policy.flags[0],
      whenResolved: policy.flags[1],
      whenNoData: policy.flags[2],
      conditions: [policy.condition],
      targets: policy.targets,
    })),
    budgetPolicy: steps
      .sort((a, b) => b - a)
      .map(percent => ({
        remaining: percent / 100,
        action: `Do ${percent}: at once`,
      })),
  }))
  .map(({ description, ...rest }) => ({
    ...rest,
    ...(description !== undefined && { description }),
  }));

describe('exportSlo', () => {
  it('refuses formats that there are not', () => {
    expect(() => exported({}, 'nobl9' as 'openslo')).toThrow(
      "SLOs can't be taken elsewhere as 'nobl9'. format is one of openslo, sloth, prometheus.",
    );
  });

  describe('openslo', () => {
    it('is read back as it was', () => {
      fc.assert(
        fc.property(definition, slo => {
          const text = exportSlo(
            { id: 'config.x', definition: slo },
            'openslo',
          );
          expect(read(text)).toEqual([slo]);
        }),
        { numRuns: 300 },
      );
    });

    it('keeps that there are no alerts', () => {
      const text = exported(
        {
          alertPolicies: [
            {
              name: 'none',
              whenBreaching: false,
              whenResolved: false,
              whenNoData: false,
              conditions: [],
              targets: [],
            },
          ],
        },
        'openslo',
      );
      const [{ alertPolicies }] = read(text);
      expect(alertPolicies).toEqual([
        expect.objectContaining({ name: 'none', whenBreaching: false }),
      ]);
    });

    it('makes a policy of each condition', () => {
      const one: BurnRateCondition = {
        name: 'fast',
        severity: 'page',
        op: 'gt',
        factor: 14.4,
        longMs: 60 * MINUTE_MS,
        alertAfterMs: 0,
      };
      const policy = {
        name: 'page',
        whenBreaching: true,
        whenResolved: true,
        whenNoData: false,
        targets: ['owner'],
      };
      const text = exported(
        {
          alertPolicies: [
            { ...policy, conditions: [one, { ...one, name: 'slow' }] },
          ],
        },
        'openslo',
      );
      expect(read(text)[0].alertPolicies).toEqual([
        { ...policy, name: 'page-fast', conditions: [one] },
        {
          ...policy,
          name: 'page-slow',
          conditions: [{ ...one, name: 'slow' }],
        },
      ]);
    });

    it('gives names of other tools a form that OpenSLO takes', () => {
      const [{ name: taken, displayName }] = read(
        exported(
          {
            name: `Requests_Total.${'x'.repeat(80)}`,
            displayName: 'y'.repeat(70),
          },
          'openslo',
        ),
      );
      expect(taken).toMatch(/^requests-total-x{48}$/);
      expect(displayName).toHaveLength(63);
    });

    it('is one document that readers of YAML 1.1 read alike', () => {
      const text = exported(
        { service: 'on', labels: { a: '1:30' } },
        'openslo',
      );
      const [document, ...others] = parseAllDocuments(text, { version: '1.1' });
      expect(others).toEqual([]);
      expect((document as { toJS(): unknown }).toJS()).toMatchObject({
        metadata: { labels: { a: '1:30' } },
        spec: { service: 'on' },
      });
    });
  });

  describe('prometheus', () => {
    it('records each lookback once, then the window, and alerts on pairs', () => {
      const rules = rulesOf(exported(asked(COUNTERS), 'prometheus'));
      expect(rules.map(rule => rule.record ?? rule.alert)).toEqual([
        'slo:error_ratio:5m',
        'slo:error_ratio:30m',
        'slo:error_ratio:1h',
        'slo:error_ratio:6h',
        'slo:error_ratio:3d',
        'SLOBudgetBurn',
        'SLOBudgetBurn',
        'SLOBudgetBurn',
        'slo:error_ratio:28d',
        'slo:error_budget_remaining:ratio',
      ]);
      expect(line(rules[2].expr)).toBe(
        '( sum(increase(http_requests_total{code=~"5.."}[1h])) ) / ( sum(increase(http_requests_total[1h])) > 0 )',
      );
      expect(line(rules[9].expr)).toBe(
        `1 - slo:error_ratio:28d{slo="${ID}"} / 0.001`,
      );
      expect(line(rules[5].expr)).toBe(
        `( slo:error_ratio:1h{slo="${ID}"} / 0.001 >= 0.999999999 * 13.44 ) and ( slo:error_ratio:5m{slo="${ID}"} / 0.001 >= 0.999999999 * 13.44 )`,
      );
      expect(rules[5].labels).toEqual({
        severity: 'page',
        condition: 'fast-burn',
      });
    });

    it('takes nothing that people write for a template', () => {
      const rules = rulesOf(
        exported(
          {
            ...asked(COUNTERS),
            displayName: 'All {{ $labels }}',
            labels: { 'team.name': '{{x}}', '1st': 'a', __name__: 'x' },
          },
          'prometheus',
        ),
      );
      const { annotations, labels } = rules[7];
      expect(annotations?.summary).toContain('All {{ "{{" }} $labels }}');
      expect(labels).toEqual({
        team_name: '{{ "{{" }}x}}',
        _1st: 'a',
        severity: 'ticket',
        condition: 'creeping-burn',
      });
    });

    it.each<[string, Parameters<typeof asked>[0], string]>([
      [
        'counters that are no plain series',
        { ...COUNTERS, bad: 'sum(a) + sum(b)', total: 'c{x="}"}' },
        '( sum( increase( ( sum(a) + sum(b) )[1h:1m] ) ) ) / ( sum( increase( ( c{x="}"} )[1h:1m] ) ) > 0 )',
      ],
      [
        'good events',
        { kind: 'ratio', good: 'a', total: 'b', counter: true },
        '( clamp_min( sum(increase(b[1h])) - sum(increase(a[1h])), 0 ) ) / ( sum(increase(b[1h])) > 0 )',
      ],
      [
        'queries with a place for the range',
        {
          kind: 'bad-ratio',
          bad: 'rate(a[{{.window}}])',
          total: 'rate(b[{{.window}}])',
          counter: false,
        },
        '( sum( ( rate(a[1h]) ) ) ) / ( sum( ( rate(b[1h]) ) ) > 0 )',
      ],
      [
        'figures of a minute',
        { kind: 'bad-ratio', bad: 'a', total: 'b', counter: false },
        '( sum( sum_over_time( ( a )[59m59s:1m] ) ) ) / ( sum( sum_over_time( ( b )[59m59s:1m] ) ) > 0 )',
      ],
      [
        'a share of good',
        { kind: 'raw', raw: 'a', rawType: 'success' },
        '( sum( sum_over_time( ( 1 - ( ( a ) >= 0 <= 1 ) )[59m59s:1m] ) ) ) / ( sum( count_over_time( ( ( a ) >= 0 <= 1 )[59m59s:1m] ) ) > 0 )',
      ],
      [
        'a share that is told for a range',
        { kind: 'raw', raw: 'a[{{.window}}]', rawType: 'failure' },
        'avg( ( a[1h] ) )',
      ],
    ])('counts %s', (_, asks, expr) => {
      const rules = rulesOf(exported(asked(asks), 'prometheus'));
      const hour = rules.find(rule => rule.record === 'slo:error_ratio:1h');
      expect(line(hour?.expr ?? '')).toBe(expr);
    });

    it('reads the burn rates that the backend exports of what it counts itself', () => {
      const text = exported({ method: 'Timeslices' }, 'prometheus');
      const [fast, ...others] = rulesOf(text);
      expect(others).toHaveLength(2);
      expect(line(fast.expr)).toBe(
        `( max by (slo, service) (slo_burn_rate{slo="${ID}",window="1h"}) >= 0.999999999 * 13.44 ) and ( max by (slo, service) (slo_burn_rate{slo="${ID}",window="5m"}) >= 0.999999999 * 13.44 )`,
      );
      expect(text).toContain('let Prometheus scrape them');
    });

    it('leaves the budget of a calendar out, and says so', () => {
      const text = exported(
        {
          ...asked(COUNTERS),
          window: {
            kind: 'calendar',
            count: 1,
            unit: 'month',
            startTime: '2026-01-01T00:00:00',
            timeZone: 'UTC',
          },
        },
        'prometheus',
      );
      expect(text).toContain('# PromQL knows no calendar');
      expect(
        rulesOf(text).filter(({ record }) => record?.includes('budget')),
      ).toEqual([]);
    });

    it('refuses slices of several objectives with different targets', () => {
      const { objectives = [] } = asked(COUNTERS, {
        slice: { durationMs: MINUTE_MS, target: 0.9 },
      });
      expect(() =>
        exported(
          {
            method: 'Timeslices',
            objectives: [
              objectives[0],
              { ...objectives[0], key: '1', target: 0.9 },
            ],
          },
          'prometheus',
        ),
      ).toThrow(/different targets or slices/);
    });

    it('tells which alert can never fire', () => {
      expect(
        exported(asked(COUNTERS, { target: 0.9 }), 'prometheus'),
      ).toContain('# fast-burn can never fire');
    });

    it('has no alerts where nobody is to be told', () => {
      const policy = {
        name: 'none',
        whenBreaching: false,
        whenResolved: false,
        whenNoData: true,
        conditions: [],
        targets: [],
      };
      const text = exported(
        { ...asked(COUNTERS), alertPolicies: [policy] },
        'prometheus',
      );
      expect(rulesOf(text).filter(({ alert }) => alert)).toEqual([]);
      expect(text).toContain('# This SLO has no alerts');
      expect(text).toContain('# That there is no data is not told');
    });
  });

  describe('sloth', () => {
    it('is read back with the alerts that Sloth makes', () => {
      const text = exported(
        { ...asked(COUNTERS), description: 'Requests that end well' },
        'sloth',
      );
      const [slo] = read(text);
      expect(slo).toMatchObject({
        service: 'personal-api',
        description: 'Requests that end well',
        objectives: [{ target: 0.999 }],
      });
      expect(slo.objectives[0].sli.source).toMatchObject({
        query: {
          kind: 'bad-ratio',
          bad: 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
          total: 'sum(rate(http_requests_total[{{.window}}]))',
        },
      });
      expect(slo.alertPolicies.map(({ name: of }) => of)).toEqual([
        'page',
        'ticket',
      ]);
    });

    it('counts slices in a ratio of its own', () => {
      const [slo] = read(
        exported(
          {
            ...asked(COUNTERS, {
              slice: { durationMs: 5 * MINUTE_MS, target: 0.95 },
            }),
            method: 'Timeslices',
          },
          'sloth',
        ),
      );
      const { source } = slo.objectives[0].sli;
      expect(line(JSON.stringify(source))).toContain(
        '[{{.window}}:5m] offset 1s',
      );
    });

    it.each<[string, Partial<SloDefinition>, RegExp]>([
      [
        'a calendar',
        {
          window: {
            kind: 'calendar',
            count: 1,
            unit: 'month',
            startTime: '2026-01-01T00:00:00',
            timeZone: 'UTC',
          },
        },
        /rolling windows only.*export it as prometheus/,
      ],
      [
        'another window',
        { window: { kind: 'rolling', durationMs: 7 * DAY_MS } },
        /28 and 30 days/,
      ],
      [
        'several objectives',
        {
          objectives: [
            sloDefinition().objectives[0],
            { ...sloDefinition().objectives[0], key: '1' },
          ],
        },
        /several objectives/,
      ],
      ['what the backend counts', {}, /counted by Lakehouse Ops/],
      [
        'long slices',
        {
          ...asked(COUNTERS, {
            slice: { durationMs: 60 * MINUTE_MS, target: 0.9 },
          }),
          method: 'Timeslices',
        },
        /slices of 60 minutes/,
      ],
      [
        'a range in one query only',
        asked({
          kind: 'bad-ratio',
          bad: 'a[{{.window}}]',
          total: 'b',
          counter: false,
        }),
        /the other has not/,
      ],
    ])('refuses %s', (_, overrides, message) => {
      expect(() => exported(overrides, 'sloth')).toThrow(message);
    });

    it('carries over that there are pages only', () => {
      const { alerting } = (
        parse(
          exported(
            {
              ...asked(COUNTERS),
              alertPolicies: [
                {
                  name: 'page',
                  whenBreaching: true,
                  whenResolved: false,
                  whenNoData: false,
                  targets: ['owner'],
                  conditions: [
                    {
                      name: 'fast',
                      severity: 'page',
                      op: 'gt',
                      factor: 10,
                      longMs: 60 * MINUTE_MS,
                      alertAfterMs: 0,
                    },
                  ],
                },
              ],
            },
            'sloth',
          ),
        ) as { slos: Array<{ alerting: unknown }> }
      ).slos[0];
      expect(alerting).toMatchObject({
        page_alert: { labels: { severity: 'page' } },
        ticket_alert: { disable: true },
      });
    });
  });
});
