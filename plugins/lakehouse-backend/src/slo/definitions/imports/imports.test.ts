import { PARSE_CONTEXT } from '../__testUtils__/sloTexts';
import { parseSloFile } from '../parseSloFiles';
import type { SloParseContext } from '../SloFile';

const parse = (text: string, context: Partial<SloParseContext> = {}) =>
  parseSloFile(
    { location: 'slos.yaml', text },
    { ...PARSE_CONTEXT, ...context },
  );
const told = (text: string, context?: Partial<SloParseContext>) =>
  parse(text, context).problems.map(
    ({ severity, line, field, message }) =>
      `${severity} ${line} ${field}: ${message}`,
  );

const SLOTH = `version: prometheus/v1
service: shop
labels: { tier: 2 }
slos:
  - name: checkout_availability
    objective: 99.9
    description: Customers can pay
    labels: { team: shop }
    sli:
      events:
        error_query: sum(rate(http_requests_total{code=~"5.."}[{{ .window }}]))
        total_query: sum(rate(http_requests_total[{{.window}}]))
    alerting:
      name: CheckoutFails
      page_alert: { labels: { severity: critical } }
`;

const SLOTH_RESOURCE = `apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: shop, namespace: monitoring, finalizers: [x] }
spec:
  service: shop
  slos:
    - name: raw
      objective: 95
      sli:
        raw: { errorRatioQuery: "1 - avg_over_time(ok[{{.window}}])" }
      alerting:
        pageAlert: { disable: true }
        ticketAlert: { disable: true }
status: { processedSLOs: 1 }
`;

const pyrra = (indicator: string, more = '') => `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: shop-api
  namespace: monitoring
  labels: { pyrra.dev/team: shop, role: rules }
spec:
  target: "99"
  window: 2w
  description: The shop answers
  indicator:
${indicator}
${more}`;

const RATIO = `    ratio:
      errors: { metric: 'http_requests_total{job="shop",code=~"5.."}' }
      total: { metric: 'http_requests_total{job="shop"}' }`;

describe('a file of Sloth', () => {
  it('becomes SLOs over 30 days with the alerts that Sloth makes', () => {
    const { slos, problems, format } = parse(SLOTH);
    expect(problems).toEqual([]);
    expect(format).toBe('sloth');
    const [{ definition, line }] = slos;
    expect(line).toBe(5);
    expect(definition).toMatchObject({
      name: 'shop-checkout-availability',
      displayName: 'checkout_availability',
      description: 'Customers can pay',
      service: 'shop',
      labels: { tier: '2', team: 'shop' },
      window: { kind: 'rolling', durationMs: 30 * 86_400_000 },
      method: 'Occurrences',
      objectives: [
        {
          target: 0.999,
          sli: {
            source: {
              type: 'prometheus',
              connection: 'prometheus',
              query: {
                kind: 'bad-ratio',
                bad: 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
                total: 'sum(rate(http_requests_total[{{.window}}]))',
                counter: false,
              },
            },
          },
        },
      ],
    });
    expect(
      definition.alertPolicies.map(({ name, targets, conditions }) => [
        name,
        targets,
        conditions.map(({ severity, factor, longMs, shortMs }) => [
          severity,
          factor,
          longMs / 60_000,
          (shortMs ?? 0) / 60_000,
        ]),
      ]),
    ).toEqual([
      [
        'page',
        ['owner', 'on-call'],
        [
          ['critical', 14.4, 60, 5],
          ['critical', 6, 360, 30],
        ],
      ],
      [
        'ticket',
        ['owner'],
        [
          ['ticket', 3, 1_440, 120],
          ['ticket', 1, 4_320, 360],
        ],
      ],
    ]);
  });

  it('may be a resource of Kubernetes, without alerts', () => {
    const { slos, problems } = parse(SLOTH_RESOURCE);
    expect(problems).toEqual([]);
    expect(slos[0].definition.objectives[0].sli.source).toMatchObject({
      query: {
        kind: 'raw',
        rawType: 'failure',
        raw: '1 - avg_over_time(ok[{{.window}}])',
      },
    });
    expect(
      slos[0].definition.alertPolicies.map(({ conditions }) => conditions),
    ).toEqual([[]]);
  });

  it.each([
    [
      'a plugin',
      SLOTH.replace(
        / {6}events:[^]*?(?= {4}alerting)/,
        '      plugin: { id: errors }\n',
      ),
      /^warning 10 slos\[0\]\.sli\.plugin: The SLO 'checkout_availability' is left out/,
      0,
    ],
    [
      'labels that route',
      SLOTH.replace(
        'severity: critical',
        'severity: critical, channel: "#shop"',
      ),
      /^warning 15 .*page_alert\.labels: .*\(channel\) are not carried over/,
      1,
    ],
    [
      'annotations',
      SLOTH.replace(
        '    alerting:',
        '    alerting:\n      annotations: { runbook: x }',
      ),
      /^warning 14 .*alerting\.annotations: /,
      1,
    ],
    [
      'plugins of the rules',
      SLOTH.replace('slos:', 'slo_plugins: { chain: [] }\nslos:'),
      /^warning 4 slo_plugins: /,
      1,
    ],
    [
      'a query without window',
      SLOTH.replace('[{{.window}}]', '[5m]'),
      /^error 12 .*total_query: The query has no \{\{\.window\}\}/,
      0,
    ],
    [
      'another template',
      SLOTH.replace('[{{.window}}]', '[{{.window}}] offset {{.by}}'),
      /^error 12 .*'\{\{\.by\}\}' stands for something/,
      0,
    ],
    [
      'a bracket too few',
      SLOTH.replace('[{{.window}}]))', '[{{.window}}])'),
      /^error 12 .*'\(' in the query is not closed/,
      0,
    ],
    [
      '100 %',
      SLOTH.replace('99.9', '100'),
      /^error 6 .*objective: A target of 100 %/,
      0,
    ],
    [
      'an unknown field',
      SLOTH.replace('description:', 'descripton:'),
      /^error 7 .*Did you mean 'description'\?/,
      0,
    ],
    [
      'the same query twice',
      SLOTH.replace('{code=~"5.."}[{{ .window }}]', '[{{ .window }}]'),
      /^error 10 .*Both queries are the same/,
      0,
    ],
  ])('tells of %s', (_, text, problem, count) => {
    expect(told(text).join('\n')).toMatch(problem);
    expect(parse(text).slos).toHaveLength(count);
  });
});

describe('a file of Pyrra', () => {
  it('becomes an SLO with the alerts that Pyrra makes, scaled to its window', () => {
    const { slos, problems, format } = parse(pyrra(RATIO));
    expect(problems).toEqual([]);
    expect(format).toBe('pyrra');
    const [{ definition }] = slos;
    expect(definition).toMatchObject({
      name: 'shop-api',
      service: 'shop-api',
      description: 'The shop answers',
      labels: { team: 'shop', role: 'rules' },
      window: { kind: 'rolling', durationMs: 14 * 86_400_000 },
      objectives: [
        {
          target: 0.99,
          sli: {
            source: {
              query: {
                kind: 'bad-ratio',
                bad: 'sum(increase(http_requests_total{job="shop",code=~"5.."}[{{.window}}])) or vector(0)',
                total:
                  'sum(increase(http_requests_total{job="shop"}[{{.window}}]))',
                counter: false,
              },
            },
          },
        },
      ],
    });
    const [policy] = definition.alertPolicies;
    expect(policy.whenNoData).toBe(true);
    // Half of the windows for 28 days: 1 h/5 m, 6 h/30 m, 1 d/2 h, 4 d/6 h; 2.5 m is rounded up.
    expect(
      policy.conditions.map(
        ({ factor, severity, longMs, shortMs = 0, alertAfterMs }) => [
          factor,
          severity,
          longMs / 60_000,
          shortMs / 60_000,
          alertAfterMs / 60_000,
        ],
      ),
    ).toEqual([
      [14, 'critical', 30, 3, 1],
      [7, 'critical', 180, 15, 8],
      [2, 'warning', 720, 60, 30],
      [1, 'warning', 2_880, 180, 90],
    ]);
  });

  it('measures latency by a bucket, and a gauge by its samples', () => {
    const query = (text: string) => {
      const { source } = parse(text).slos[0].definition.objectives[0].sli;
      return source.type === 'prometheus' ? source.query : undefined;
    };
    expect(
      query(
        pyrra(`    latency:
      success: { metric: 'seconds_bucket{le="0.2"}' }
      total: { metric: seconds_count }`),
      ),
    ).toEqual({
      kind: 'ratio',
      good: 'sum(increase(seconds_bucket{le="0.2"}[{{.window}}])) or vector(0)',
      total: 'sum(increase(seconds_count[{{.window}}]))',
      counter: false,
    });
    expect(query(pyrra('    bool_gauge: { metric: up }'))).toEqual({
      kind: 'ratio',
      good: 'sum(sum_over_time(up[{{.window}}]))',
      total: 'sum(count_over_time(up[{{.window}}]))',
      counter: false,
    });
  });

  it.each([
    ['disabled: true', [[]]],
    ['burnrates: false', [[]]],
    [
      'severities: { fastBurn: sev1 }',
      [['sev1', 'critical', 'warning', 'warning']],
    ],
  ])('takes alerting with %s', (alerting, severities) => {
    const { slos } = parse(pyrra(RATIO, `  alerting: { ${alerting} }`));
    expect(
      slos[0].definition.alertPolicies.map(({ conditions }) =>
        conditions.map(({ severity }) => severity),
      ),
    ).toEqual(severities);
  });

  it.each([
    [
      'native histograms',
      pyrra('    latencyNative: { latency: 200ms, total: { metric: x } }'),
      /^warning 12 .*latencyNative: The SLO 'shop-api' is left out/,
      0,
    ],
    [
      'grouping',
      pyrra(`${RATIO}\n      grouping: [handler]`),
      /^warning 15 .*grouping: grouping makes an SLO of each group/,
      1,
    ],
    [
      'settings of the rules',
      pyrra(RATIO, '  performanceOverAccuracy: true'),
      /^warning 15 .*performanceOverAccuracy/,
      1,
    ],
    [
      'a target that is none',
      pyrra(RATIO).replace('"99"', '"most"'),
      /^error 8 spec\.target: 'null' is no target|^error 8 spec\.target: .*is no target/,
      0,
    ],
    [
      'a window that is none',
      pyrra(RATIO).replace('2w', '2 weeks'),
      /^error 9 spec\.window: '2 weeks' is no window/,
      0,
    ],
    [
      'a function as metric',
      pyrra('    bool_gauge: { metric: "max(up)" }'),
      /^error 12 .*is more than a metric with labels/,
      0,
    ],
    [
      'two indicators',
      pyrra(`${RATIO}\n    bool_gauge: { metric: up }`),
      /^error 11 .*Several kinds of indicator/,
      0,
    ],
    [
      'an alert that can never fire',
      pyrra(RATIO).replace('"99"', '"90"'),
      /^warning 7 spec\.alerting: fast-burn can never fire/,
      1,
    ],
  ])('tells of %s', (_, text, problem, count) => {
    expect(told(text).join('\n')).toMatch(problem);
    expect(parse(text).slos).toHaveLength(count);
  });
});

describe('the Prometheus of files that name none', () => {
  it('is the one of their location', () => {
    const systems = new Map([
      ['a', 'prometheus' as const],
      ['b', 'prometheus' as const],
    ]);
    const context = {
      knows: (id: string) => systems.get(id),
      connections: ['a', 'b'],
    };
    const connection = (more: Partial<SloParseContext>) =>
      parse(SLOTH, { ...context, ...more }).slos.map(
        ({ definition }) => definition.objectives[0].sli.source.connection,
      );
    expect(connection({ connection: 'b' })).toEqual(['b']);
    expect(connection({})).toEqual([]);
    expect(told(SLOTH, context)).toEqual([
      expect.stringMatching(/^error 1 undefined: The connection is missing/),
    ]);
    expect(told(SLOTH, { ...context, connection: 'c' })).toEqual([
      expect.stringMatching(/There is no connection 'c'/),
    ]);
  });
});
