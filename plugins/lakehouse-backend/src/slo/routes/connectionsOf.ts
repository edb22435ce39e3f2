import type { SloDefinition } from '@lakehouse-ops/plugin-lakehouse-common';

/** Connections that an SLO counts on, each once, in order. */
export function connectionsOf(slo: { definition: SloDefinition }): string[] {
  const all = slo.definition.objectives.map(({ sli }) => sli.source.connection);
  return [...new Set(all)].toSorted();
}
