import type {
  BurnRateReading,
  SloDefinition,
  SloFileStatus,
  SloObjective,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from '../../__testUtils__/mockData/mockTime';

export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function mockObjective(
  overrides: Partial<SloObjective> = {},
): SloObjective {
  return {
    key: '0',
    sli: {
      name: 'personal-api-latency',
      source: {
        type: 'lakehouse',
        indicator: 'query-latency',
        connection: 'analytics',
        filter: { source: 'personal-api' },
      },
    },
    target: 0.995,
    threshold: { op: 'lte', value: 500, unit: 'ms' },
    slice: { durationMs: MINUTE_MS, target: 0.95 },
    weight: 1,
    ...overrides,
  };
}

export function mockDefinition(
  overrides: Partial<SloDefinition> = {},
): SloDefinition {
  return {
    name: 'personal-api-latency',
    displayName: 'p95 of personal-api queries under 500 ms',
    description: 'Pages of the personal API load without a wait.',
    service: 'personal-api',
    labels: { tier: 'gold' },
    window: { kind: 'rolling', durationMs: 30 * DAY_MS },
    method: 'Timeslices',
    objectives: [mockObjective()],
    alertPolicies: [],
    budgetPolicy: [
      { remaining: 0.5, action: 'Look at what spends it every day.' },
      { remaining: 0, action: 'Stop changes but those that make it faster.' },
    ],
    runbooks: ['trino:kill-query', 'trino:compact-table'],
    ...overrides,
  };
}

export function mockBurnRates(
  rates: readonly [number?, number?, number?],
  states: readonly BurnRateReading['state'][] = [],
): BurnRateReading[] {
  const conditions = [
    ['fast', 'page', 14.4, HOUR_MS, 5 * MINUTE_MS],
    ['slow', 'page', 6, 6 * HOUR_MS, 30 * MINUTE_MS],
    ['creep', 'ticket', 1, 3 * DAY_MS, 6 * HOUR_MS],
  ] as const;
  return conditions.map(
    ([condition, severity, factor, longMs, shortMs], index) => ({
      condition,
      severity,
      factor,
      longMs,
      shortMs,
      long: rates[index],
      short: rates[index],
      state: states[index] ?? 'inactive',
      note:
        states[index] === 'unfireable'
          ? 'A target of 90 % never burns faster than 10×: give the condition a factor below 10.'
          : undefined,
    }),
  );
}

export function mockFile(
  overrides: Partial<SloFileStatus> = {},
  now = Date.now(),
): SloFileStatus {
  return {
    location: 'https://git.example/personal-api/slos.yaml',
    entityRef: 'component:default/personal-api',
    format: 'openslo',
    checkedAt: at(now, 40_000),
    usedSince: at(now, 12 * DAY_MS),
    slos: ['personal-api-latency', 'daily-sales-fresh', 'personal-api-success'],
    problems: [],
    ...overrides,
  };
}

/** A broken newest version, with what stands meanwhile. */
export function mockBrokenFile(now = Date.now()): SloFileStatus {
  return mockFile(
    {
      problems: [
        {
          severity: 'error',
          line: 41,
          column: 15,
          field: 'spec.objectives[0].target',
          message:
            'The target is 1: no error budget is left to count. Write a share below 1, such as 0.999.',
        },
        {
          severity: 'warning',
          line: 52,
          field: 'spec.alertPolicies[0]',
          message:
            'The notification target ‘pager’ is not in the config: its alerts go to the owner alone.',
        },
      ],
    },
    now,
  );
}

/** The budget left over the window: it goes down faster at the end. */
export function mockSparkline(
  remaining: number,
  now = Date.now(),
): SloView['sparkline'] {
  return Array.from({ length: 40 }, (_, index) => {
    const share = index / 39;
    return {
      at: at(now, (1 - share) * 30 * DAY_MS),
      remaining:
        index > 17 && index < 20
          ? undefined
          : 1 - (1 - remaining) * (share * 0.35 + share ** 4 * 0.65),
    };
  });
}

/** An SLO at risk, with all that belongs to it. */
export function mockSlo(
  overrides: Partial<SloView> = {},
  now = Date.now(),
): SloView {
  const definition = overrides.definition ?? mockDefinition();
  const remaining = overrides.budget?.remaining ?? 0.37;
  const budget = {
    unit: 'ms' as const,
    allowed: 3.6 * HOUR_MS,
    spent: 3.6 * HOUR_MS * (1 - remaining),
    remaining,
  };
  return {
    id: `component.default.personal-api.${definition.name}`,
    name: definition.name,
    title: definition.displayName ?? definition.name,
    description: definition.description,
    service: definition.service,
    entityRef: 'component:default/personal-api',
    owner: 'group:default/team-personal',
    system: 'system:default/personal',
    connections: ['analytics'],
    indicator: 'query-latency',
    window: definition.window,
    method: definition.method,
    target: definition.objectives[0].target,
    status: 'at-risk',
    data: 'measured',
    evaluatedAt: at(now, 12_000),
    lastDataAt: at(now, 30_000),
    attainment: 0.99685,
    budget,
    coverage: 0.982,
    burnRates: mockBurnRates([9.2, 6.4, 1.1], ['inactive', 'firing', 'firing']),
    forecast: {
      exhaustedAt: at(now, -3 * DAY_MS),
      earliest: at(now, -2 * DAY_MS),
      latest: at(now, -5 * DAY_MS),
      paceMs: 6 * HOUR_MS,
    },
    sentence:
      '63 % of the budget is gone; at the last 6 hours’ pace it is empty on Tuesday 14:00. 81 % was spent by queries from nightly-export on gold.daily_sales.',
    sparkline: mockSparkline(remaining, now),
    definition,
    objectives: definition.objectives.map(objective => ({
      objective,
      attainment: 0.99685,
      budget,
      good: 41_860,
      total: 41_992,
      coverage: 0.982,
      countedFrom: at(now, 30 * DAY_MS),
      latencyMs: { p50: 84, p95: 412, p99: 1_310 },
    })),
    file: mockFile({}, now),
    editUrl: 'https://git.example/personal-api/edit/slos.yaml',
    versions: [
      { version: 2, from: at(now, 12 * DAY_MS), definition },
      {
        version: 1,
        from: at(now, 60 * DAY_MS),
        until: at(now, 12 * DAY_MS),
        definition: {
          ...definition,
          objectives: [{ ...definition.objectives[0], target: 0.99 }],
        },
      },
    ],
    alerts: [
      {
        id: 'a1',
        sloId: `component.default.personal-api.${definition.name}`,
        condition: 'slow',
        severity: 'page',
        state: 'firing',
        pendingAt: at(now, 48 * MINUTE_MS),
        firedAt: at(now, 46 * MINUTE_MS),
        explanation:
          'The budget burns 6.4 times too fast over 6 hours; queries from nightly-export on gold.daily_sales spend it.',
        deliveries: [
          {
            target: 'owner',
            state: 'sent',
            at: at(now, 46 * MINUTE_MS),
          },
          {
            target: 'on-call',
            state: 'failed',
            at: at(now, 45 * MINUTE_MS),
            error: 'the webhook answered 503; tried 5 times',
          },
        ],
      },
      {
        id: 'a0',
        sloId: `component.default.personal-api.${definition.name}`,
        condition: 'fast',
        severity: 'page',
        state: 'resolved',
        pendingAt: at(now, 9 * DAY_MS),
        firedAt: at(now, 9 * DAY_MS - 2 * MINUTE_MS),
        resolvedAt: at(now, 9 * DAY_MS - 40 * MINUTE_MS),
        explanation: 'The budget burned 15.1 times too fast over 1 hour.',
        resolution: 'recovered',
        deliveries: [
          { target: 'owner', state: 'sent', at: at(now, 9 * DAY_MS) },
        ],
      },
    ],
    corrections: [
      {
        id: 'c1',
        from: at(now, 20 * DAY_MS),
        to: at(now, 20 * DAY_MS - 5 * HOUR_MS),
        kind: 'maintenance',
        reason: 'Upgrade of the cluster to 476',
        author: 'user:default/alice',
        createdAt: at(now, 21 * DAY_MS),
      },
    ],
    silences: [],
    windowFrom: at(now, 30 * DAY_MS),
    windowTo: at(now, 0),
    mayManage: true,
    ...overrides,
  };
}
