import type {
  LakehouseIndicator,
  SloDefinition,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from '../definitions/SloBook';
import { connectionsOf } from '../routes/connectionsOf';

/** An SLO that was not evaluated yet: its file was read less than a minute ago. */
export function unevaluated(slo: StoredSlo): SloSummary {
  const { id, definition, entityRef, owner, system } = slo;
  return {
    id,
    name: definition.name,
    title: definition.displayName ?? definition.name,
    description: definition.description,
    service: definition.service,
    entityRef,
    owner,
    system,
    connections: connectionsOf(slo),
    indicator: indicatorOf(definition),
    window: definition.window,
    method: definition.method,
    target: definition.objectives[0].target,
    status: 'unknown',
    data: 'no-data',
    burnRates: [],
    sentence:
      'It was not evaluated yet; its first figures come within a minute.',
    sparkline: [],
  };
}

function indicatorOf({
  objectives,
}: SloDefinition): LakehouseIndicator | undefined {
  const [indicator] = objectives.flatMap(({ sli: { source } }) =>
    source.type === 'lakehouse' ? [source.indicator] : [],
  );
  return indicator;
}
