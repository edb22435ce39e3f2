import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockBurnRates,
  mockDefinition,
  mockSlo,
  mockSparkline,
} from './mockSlo';

/** Many SLOs of several owners and systems, worst first. */
export function mockManySlos(count: number, now = Date.now()): SloView[] {
  const owners = [
    'team-personal',
    'team-data-platform',
    'team-sales',
    undefined,
  ];
  const systems = ['personal', 'lakehouse', undefined];
  const levels = [
    { status: 'breached', remaining: -0.4 },
    { status: 'at-risk', remaining: 0.12 },
    { status: 'unknown', remaining: 0.6 },
    { status: 'healthy', remaining: 0.86 },
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const level = levels[Math.min(3, Math.floor((index / count) * 12))];
    const owner = owners[index % owners.length];
    const system = systems[index % systems.length];
    return mockSlo(
      {
        definition: mockDefinition({
          name: `slo-${index}`,
          displayName: `Objective ${index} of service ${index % 37}`,
          service: `service-${index % 37}`,
        }),
        id: `config.slo-${index}`,
        status: level.status,
        budget: {
          unit: 'events',
          allowed: 840,
          spent: 840 * (1 - level.remaining),
          remaining: level.remaining,
        },
        attainment: 0.995 + 0.005 * Math.min(1, level.remaining),
        owner: owner && `group:default/${owner}`,
        system: system && `system:default/${system}`,
        burnRates: mockBurnRates([0.2, 0.3, 0.4]),
        sparkline: mockSparkline(level.remaining, now),
      },
      now,
    );
  });
}
