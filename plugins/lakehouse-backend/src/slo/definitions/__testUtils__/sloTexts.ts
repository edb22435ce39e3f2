import type { LakehouseSystem } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloParseContext } from '../SloFile';

const SYSTEMS = new Map<string, LakehouseSystem>([
  ['analytics', 'trino'],
  ['cache', 'redis'],
  ['bi', 'superset'],
  ['prometheus', 'prometheus'],
  ['prod', 'kubernetes'],
]);

/** The connections of the demo. */
export const PARSE_CONTEXT: SloParseContext = {
  knows: id => SYSTEMS.get(id),
  connections: [...SYSTEMS.keys()],
  notificationTargets: ['pager'],
  retentionDays: 400,
};

/** An SLO over query latency; lines of it can be replaced. */
export function latencySlo(
  options: { name?: string; replace?: Record<string, string> } = {},
): string {
  const text = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: ${options.name ?? 'latency'}
spec:
  service: personal-api
  indicator:
    metadata:
      name: query-latency
    spec:
      thresholdMetric:
        metricSource:
          type: lakehouse
          spec:
            indicator: query-latency
            connection: analytics
            unit: ms
            where:
              source: personal-api
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - op: lte
      value: 500
      target: 0.99
`;
  return Object.entries(options.replace ?? {}).reduce((out, [from, to]) => {
    if (!out.includes(from)) throw new Error(`There is no '${from}' in it`);
    return out.replace(from, to);
  }, text);
}
