import type {
  SliUnit,
  SloDefinition,
  SloSpenders,
  SpenderDimension,
} from '@lakehouse-ops/plugin-lakehouse-common';

const HOUR_MS = 3_600_000;

type Spender = SloSpenders['dimensions'][number]['items'][number];

/** The list of queries that shows what spent a budget. */
export interface SpenderQueries {
  readonly connection: string;
  /** Search parameters of the list. */
  readonly filters: Readonly<Record<string, string>>;
}

const MS_OF_UNIT: Partial<Record<SliUnit, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
};

/**
 * Where to see the very queries of a spender: those that the indicator counts,
 * of the spender, that were bad, from the first to the last hour in which it
 * spent. Nothing when no list of queries can show them.
 */
export function spenderQueries(options: {
  definition: SloDefinition;
  range: { readonly from: string; readonly to: string };
  dimension: SpenderDimension;
  item: Spender;
}): SpenderQueries | undefined {
  const { definition, range, dimension, item } = options;
  const objective = definition.objectives.find(
    ({ sli }) =>
      sli.source.type === 'lakehouse' &&
      ['query-success', 'query-latency', 'queue-time'].includes(
        sli.source.indicator,
      ),
  );
  const source = objective?.sli.source;
  if (source?.type !== 'lakehouse' || item.value === undefined) {
    return undefined;
  }
  // The list compares whole values: what holds a wildcard would find nothing there.
  const own = Object.entries(source.filter).flatMap(([name, value]) =>
    ['user', 'source', 'clientTag', 'resourceGroup', 'table'].includes(name) &&
    value &&
    !value.includes('*')
      ? [[name, value]]
      : [],
  );
  const from = Math.max(
    Date.parse(range.from),
    hourOf(item.firstAt ?? range.from),
  );
  const to = Math.min(
    Date.parse(range.to),
    hourOf(item.lastAt ?? range.to) + HOUR_MS,
  );
  const thresholdMs =
    objective?.threshold &&
    objective.threshold.value * (MS_OF_UNIT[objective.threshold.unit] ?? NaN);
  return {
    connection: source.connection,
    filters: {
      ...Object.fromEntries(own),
      ...(source.indicator === 'query-success' ? { state: 'FAILED' } : {}),
      ...(source.indicator === 'query-latency' && thresholdMs
        ? { state: 'FINISHED', min: String(thresholdMs), sort: 'wallMs' }
        : {}),
      ...(source.indicator === 'queue-time' ? { sort: 'queuedMs' } : {}),
      [dimension]: item.value,
      from: new Date(from).toISOString(),
      to: new Date(Math.max(to, from + 1)).toISOString(),
    },
  };
}

function hourOf(at: string): number {
  return Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS;
}
