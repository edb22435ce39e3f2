import type {
  SloDefinition,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from '../definitions/SloBook';

const DAY_MS = 86_400_000;

/** A latency SLO of 99 % over four weeks. */
export function sloDefinition(
  overrides: Partial<SloDefinition> = {},
): SloDefinition {
  return {
    name: 'latency',
    displayName: 'Fast queries',
    service: 'personal-api',
    labels: {},
    window: { kind: 'rolling', durationMs: 28 * DAY_MS },
    method: 'Occurrences',
    objectives: [
      {
        key: '0',
        target: 0.99,
        weight: 1,
        threshold: { op: 'lte', value: 2, unit: 's' },
        sli: {
          name: 'latency',
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
    runbooks: ['latency-regression'],
    ...overrides,
  };
}

export function storedSlo(overrides: Partial<StoredSlo> = {}): StoredSlo {
  return {
    id: 'component.default.personal-api.latency',
    definition: sloDefinition(),
    version: 1,
    since: '2026-10-01T00:00:00.000Z',
    location: 'https://git.example.com/personal-api/slo.yaml',
    entityRef: 'component:default/personal-api',
    owner: 'group:default/team-personal',
    system: 'system:default/lakehouse',
    editUrl: 'https://git.example.com/personal-api/edit/slo.yaml',
    ...overrides,
  };
}

/** What an evaluation of {@link storedSlo} may have found just now. */
export function sloSummary(overrides: Partial<SloSummary> = {}): SloSummary {
  const { definition, ...stored } = storedSlo();
  return {
    id: stored.id,
    name: definition.name,
    title: 'Fast queries',
    service: definition.service,
    entityRef: stored.entityRef,
    owner: stored.owner,
    system: stored.system,
    connections: ['analytics'],
    window: definition.window,
    method: definition.method,
    target: 0.99,
    status: 'at-risk',
    data: 'measured',
    evaluatedAt: new Date().toISOString(),
    lastDataAt: new Date().toISOString(),
    attainment: 0.995,
    budget: { unit: 'events', allowed: 100, spent: 50, remaining: 0.5 },
    coverage: 0.9,
    burnRates: [
      {
        condition: 'fast-burn',
        severity: 'page',
        factor: 13.44,
        longMs: 3_600_000,
        shortMs: 300_000,
        long: 15,
        short: 20,
        state: 'firing',
        since: '2026-11-21T10:00:00.000Z',
      },
    ],
    sentence: 'Half of the budget is gone.',
    sparkline: [],
    ...overrides,
  };
}
