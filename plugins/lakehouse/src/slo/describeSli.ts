import type {
  LakehouseIndicator,
  SliSource,
} from '@lakehouse-ops/plugin-lakehouse-common';

const INDICATORS: Record<LakehouseIndicator, string> = {
  'query-success': 'Queries that ended well',
  'query-latency': 'Wall time of queries',
  'queue-time': 'Waiting time of queries',
  'table-freshness': 'Age of the newest data of tables',
  'small-file-share': 'Share of small files of tables',
  'statistics-freshness': 'Age of the statistics of tables',
  'cache-hit-ratio': 'Reads that the cache answered',
  'stampede-free': 'Minutes without a stampede',
  'alert-health': 'Alerts that are quiet',
  'dashboard-health': 'Charts that show no old data',
  'memory-headroom': 'Free memory of the cluster',
  'worker-availability': 'Workers that answer',
};

const FILTERS: Record<string, string> = {
  clientTag: 'client tag',
  resourceGroup: 'resource group',
  queryType: 'query type',
};

/** What is counted, where, and how it is narrowed: `Wall time of queries on analytics, source personal-api`. */
export function describeSli(source: SliSource): string {
  if (source.type === 'prometheus') {
    return `PromQL on ${source.connection}: ${promQlOf(source)}`;
  }
  const filters = Object.entries(source.filter).flatMap(([name, value]) =>
    value ? [`${FILTERS[name] ?? name} ${value}`] : [],
  );
  return [
    `${INDICATORS[source.indicator]} on ${source.connection}`,
    ...filters,
    ...(source.column ? [`by column ${source.column}`] : []),
    ...(source.badErrors ? [`bad: ${source.badErrors.join(', ')}`] : []),
    ...(source.expectedWorkers === undefined
      ? []
      : [`of ${source.expectedWorkers}`]),
  ].join(', ');
}

function promQlOf(source: Extract<SliSource, { type: 'prometheus' }>): string {
  const { query } = source;
  switch (query.kind) {
    case 'ratio':
      return `${query.good} of ${query.total}`;
    case 'bad-ratio':
      return `all but ${query.bad} of ${query.total}`;
    case 'raw':
      return `${query.raw} (${query.rawType})`;
    default:
      return query.value;
  }
}
