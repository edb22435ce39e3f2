import type { SloDefinition } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloEntry } from '../../plugins/lakehouse-backend/src/slo/definitions/SloBookUpdate';

export const CONNECTION = 'bench';
export const WINDOW_DAYS = 28;
const DAY_MS = 86_400_000;
/** Half of the SLOs promise success, half latency. */
export const APPS = 500;
const APPS_OF_ENTITY = 5;
/** One latency SLO in so many counts slices of five minutes. */
const SLICED_EVERY = 5;
export const SLICE = { durationMs: 300_000, target: 0.95 } as const;
export const THRESHOLD_MS = 2_000;
export const ENTITIES = APPS / APPS_OF_ENTITY;

export function isSliced(app: number): boolean {
  return app % SLICED_EVERY === 0;
}

export function entityOf(index: number): string {
  return `component:default/entity-${index}`;
}

/** A thousand SLOs: two of each application, ten of each entity. */
export function benchSlos(): SloEntry[] {
  return Array.from({ length: APPS }, (_, app) => {
    const index = Math.floor(app / APPS_OF_ENTITY);
    return [success(app), latency(app)].map(definition => ({
      id: `component.default.entity-${index}.${definition.name}`,
      definition,
      entityRef: entityOf(index),
      owner: `group:default/team-${index % 20}`,
      system: 'system:default/bench',
    }));
  }).flat();
}

function base(app: number) {
  return {
    service: `app-${app}`,
    labels: {},
    window: { kind: 'rolling', durationMs: WINDOW_DAYS * DAY_MS },
    alertPolicies: [],
    budgetPolicy: [],
    runbooks: [],
  } as const;
}

function success(app: number): SloDefinition {
  return {
    ...base(app),
    name: `success-${app}`,
    method: 'Occurrences',
    objectives: [
      {
        key: '0',
        target: 0.98,
        weight: 1,
        sli: {
          name: 'success',
          source: {
            type: 'lakehouse',
            indicator: 'query-success',
            connection: CONNECTION,
            filter: { source: `app-${app}` },
          },
        },
      },
    ],
  };
}

function latency(app: number): SloDefinition {
  return {
    ...base(app),
    name: `latency-${app}`,
    method: isSliced(app) ? 'Timeslices' : 'Occurrences',
    objectives: [
      {
        key: '0',
        target: 0.9,
        weight: 1,
        threshold: { op: 'lte', value: THRESHOLD_MS, unit: 'ms' },
        ...(isSliced(app) && { slice: SLICE }),
        sli: {
          name: 'latency',
          source: {
            type: 'lakehouse',
            indicator: 'query-latency',
            connection: CONNECTION,
            filter: { source: `app-${app}` },
          },
        },
      },
    ],
  };
}
