import type {
  EntitySlos,
  Facet,
  SloApi,
  SloFileStatus,
  SloHistory,
  SloListRequest,
  SloProposal,
  SloSpenders,
  SloStatus,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from '../../__testUtils__/mockData/mockTime';
import { mockResponseError } from '../../__testUtils__/mockLakehouse';
import { DAY_MS, HOUR_MS, mockFile } from './mockSlo';
import { mockSlos } from './mockSlos';

const STATUSES: readonly SloStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];

/** A backend of invented SLOs that filters and pages as the real one does. */
export function mockSloApi(
  options: {
    slos?: SloView[];
    files?: SloFileStatus[];
    hidden?: number;
    overrides?: Partial<SloApi>;
  } = {},
): SloApi {
  const slos = options.slos ?? mockSlos();
  const files = options.files ?? [mockFile()];
  const hidden = options.hidden ?? 0;
  const find = async (id: string) => {
    const slo = slos.find(one => one.id === id);
    if (slo) return slo;
    throw await mockResponseError(404, `There is no SLO '${id}'.`);
  };
  return {
    getSlos: async (request = {}) => {
      const { limit = 50, offset = 0 } = request;
      const matching = slos.filter(slo => matches(slo, request));
      const { status: _, ...anyStatus } = request;
      const ofAnyStatus = slos.filter(slo => matches(slo, anyStatus));
      const items = request.groupBy
        ? grouped(matching, request.groupBy)
        : matching;
      return {
        items: items.slice(offset, offset + limit),
        total: matching.length,
        counts: {
          breached: 0,
          'at-risk': 0,
          unknown: 0,
          healthy: 0,
          ...Object.fromEntries(
            STATUSES.map(status => [
              status,
              ofAnyStatus.filter(slo => slo.status === status).length,
            ]),
          ),
        },
        firing: ofAnyStatus.filter(slo =>
          slo.burnRates.some(({ state }) => state === 'firing'),
        ).length,
        facets: {
          owners: facetOf(slos.flatMap(({ owner }) => owner ?? [])),
          systems: facetOf(slos.flatMap(({ system }) => system ?? [])),
        },
        hidden,
        problems: files.filter(({ problems }) => problems.length > 0),
      };
    },
    getEntitySlos: async (entityRef): Promise<EntitySlos> => ({
      items: slos.filter(slo => slo.entityRef === entityRef),
      files: files.filter(file => file.entityRef === entityRef),
      hidden,
    }),
    getSlo: find,
    getSloHistory: async (id, range) => mockHistory(await find(id), range),
    getSloSpenders: async id => mockSpenders(await find(id)),
    getSloWhatIf: async (id, change) => {
      const slo = await find(id);
      const target = change.target ?? slo.target;
      const attainment = slo.attainment;
      return {
        target,
        threshold: change.threshold,
        attainment,
        remaining:
          attainment === undefined
            ? undefined
            : 1 - (1 - attainment) / (1 - target),
        points: mockHistory(slo).points.map(({ at: time, remaining }) => ({
          at: time,
          remaining:
            remaining === undefined
              ? undefined
              : 1 - ((1 - remaining) * (1 - slo.target)) / (1 - target),
        })),
        alerts: slo.burnRates.map(({ condition }, index) => ({
          condition,
          fired: Math.max(0, Math.round((target - 0.99) * 400) + 1 - index),
        })),
        note: 'Counted from minutes; latency within 1 %.',
      };
    },
    getSloProposals: async () => ({ items: mockProposals() }),
    getSloExport: async (id, format) =>
      `# ${format}\napiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: ${
        (await find(id)).name
      }\n`,
    addSloCorrection: async (_id, correction) => ({
      id: 'c2',
      author: 'user:default/guest',
      createdAt: new Date().toISOString(),
      ...correction,
    }),
    removeSloCorrection: async () => {},
    silenceSlo: async (_id, silence) => ({
      id: 's2',
      author: 'user:default/guest',
      from: new Date().toISOString(),
      ...silence,
    }),
    endSloSilence: async () => {},
    ...options.overrides,
  };
}

function matches(slo: SloView, request: SloListRequest): boolean {
  const text = request.search?.toLocaleLowerCase('en-US') ?? '';
  return (
    (!request.owner || slo.owner === request.owner) &&
    (!request.system || slo.system === request.system) &&
    (!request.entityRef || slo.entityRef === request.entityRef) &&
    (!request.status || slo.status === request.status) &&
    `${slo.name} ${slo.title} ${slo.service}`
      .toLocaleLowerCase('en-US')
      .includes(text)
  );
}

function grouped(slos: readonly SloView[], by: 'owner' | 'system'): SloView[] {
  const groups = [...new Set(slos.map(slo => slo[by]))];
  return groups.flatMap(group => slos.filter(slo => slo[by] === group));
}

function facetOf(values: readonly string[]): Facet[] {
  return [...new Set(values)].map(value => ({
    value,
    count: values.filter(one => one === value).length,
  }));
}

/** A window with a gap, a maintenance, an alert that fired and one that ended. */
export function mockHistory(
  slo: SloView,
  range: { from?: string; to?: string } = {},
  now = Date.now(),
): SloHistory {
  const from = range.from ?? slo.windowFrom;
  const to = range.to ?? slo.windowTo;
  const fromMs = Date.parse(from);
  const toMs = Math.min(Date.parse(to), now);
  const times = Array.from(
    { length: 120 },
    (_, index) => fromMs + ((toMs - fromMs) * index) / 119,
  );
  const remaining = slo.budget?.remaining;
  const missing = (index: number) =>
    remaining === undefined || (index > 50 && index < 58);
  return {
    from,
    to,
    points: times.map((timeMs, index) => ({
      at: new Date(timeMs).toISOString(),
      remaining:
        missing(index) || remaining === undefined
          ? undefined
          : 1 -
            (1 - remaining) *
              ((index / 119) * 0.35 + (index / 119) ** 4 * 0.65),
      attainment: slo.attainment,
    })),
    burnRates: slo.burnRates.map(({ condition, factor, longMs, long }) => ({
      condition,
      factor,
      longMs,
      points: times.map((timeMs, index) => ({
        at: new Date(timeMs).toISOString(),
        value:
          missing(index) || long === undefined
            ? undefined
            : long * (0.2 + 0.8 * (index / 119) ** 3),
      })),
    })),
    forecast: slo.forecast?.exhaustedAt
      ? [0, 1, 2, 3, 4].map(day => ({
          at: at(now, -day * DAY_MS),
          low: Math.max(-0.4, (remaining ?? 1) - 0.19 * day),
          mid: (remaining ?? 1) - 0.12 * day,
          high: (remaining ?? 1) - 0.07 * day,
        }))
      : [],
    gaps:
      remaining === undefined
        ? []
        : [
            {
              from: new Date(times[50]).toISOString(),
              to: new Date(times[58]).toISOString(),
              reason: 'Trino did not answer (connect timeout)',
            },
          ],
    excluded: slo.corrections.map(correction => ({
      from: correction.from,
      to: correction.to,
      reason: correction.reason,
    })),
    marks: slo.alerts.flatMap(alert => [
      ...(alert.firedAt
        ? [
            {
              at: alert.firedAt,
              kind: 'alert-fired' as const,
              title: `${alert.condition} (${alert.severity}) fired`,
            },
          ]
        : []),
      ...(alert.resolvedAt
        ? [
            {
              at: alert.resolvedAt,
              kind: 'alert-resolved' as const,
              title: `${alert.condition} resolved`,
            },
          ]
        : []),
    ]),
  };
}

/** Most of it by one source on one table. */
export function mockSpenders(slo: SloView, now = Date.now()): SloSpenders {
  const range = { from: slo.windowFrom, to: slo.windowTo };
  if (!slo.budget || slo.budget.spent === 0) {
    return { ...range, spent: 0, dimensions: [], note: 'Nothing was spent.' };
  }
  const item = (value: string | undefined, share: number) => ({
    value,
    share,
    bad: Math.round(share * 132),
    firstAt: at(now, 7 * HOUR_MS),
    lastAt: at(now, HOUR_MS + 12 * MINUTE_MS),
  });
  return {
    ...range,
    spent: 1 - slo.budget.remaining,
    dimensions: [
      {
        dimension: 'source',
        items: [
          item('nightly-export', 0.81),
          item('superset', 0.15),
          item(undefined, 0.04),
        ],
      },
      {
        dimension: 'user',
        items: [item('svc-export', 0.81), item('alice', 0.19)],
      },
      {
        dimension: 'table',
        items: [
          item('lake.gold.daily_sales', 0.92),
          item('lake.gold.orders', 0.08),
        ],
      },
      { dimension: 'error', items: [item('EXCEEDED_TIME_LIMIT', 1)] },
      {
        dimension: 'resourceGroup',
        items: [item('global.etl', 0.83), item('global.adhoc', 0.17)],
      },
    ],
  };
}

/** Two that the last weeks suggest. */
export function mockProposals(): SloProposal[] {
  const yaml = (name: string, target: number, value?: number) =>
    [
      'apiVersion: openslo/v1',
      'kind: SLO',
      'metadata:',
      `  name: ${name}`,
      'spec:',
      '  service: personal-api',
      '  budgetingMethod: Occurrences',
      '  timeWindow:',
      '    - duration: 30d',
      '      isRolling: true',
      '  objectives:',
      `    - target: ${target}`,
      ...(value === undefined
        ? []
        : ['      op: lte', `      value: ${value}`]),
      '',
    ].join('\n');
  const latency = yaml('personal-api-latency', 0.99, 400);
  return [
    {
      title: 'Queries of personal-api end within 400 ms',
      reason:
        'It ran 41,992 queries in 28 days; 99.2 % of them ended within 400 ms.',
      target: 0.99,
      threshold: { value: 400, unit: 'ms' },
      attained: 0.992,
      basedOnDays: 28,
      yaml: latency,
      path: 'slos.yaml',
      pullRequestUrl: `https://git.example/new/main?${new URLSearchParams({
        filename: 'slos.yaml',
        value: latency,
      })}`,
    },
    {
      title: 'Queries of personal-api succeed',
      reason: '99.97 % of the queries of 28 days ended well.',
      target: 0.999,
      attained: 0.9997,
      basedOnDays: 28,
      yaml: yaml('personal-api-success', 0.999),
      path: 'slos.yaml',
      annotation: 'lakehouse-ops.io/slo: ./slos.yaml',
    },
  ];
}
