import {
  type DashboardChart,
  formatTableRef,
  type LakehouseDashboard,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SupersetChart,
  SupersetChartCache,
  SupersetConnection,
  SupersetDataset,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { ListedObjects } from './SupersetObjects';
import { readsOf, tableOf } from './tableOf';

/** Dashboards with their charts, their datasets and the tables that these read. */
export function describeDashboards(options: {
  connection: Pick<SupersetConnection, 'id' | 'uiUrl' | 'databases'>;
  objects: ListedObjects;
  at: string;
  cacheOf: (chartId: string) => SupersetChartCache | undefined;
  /** When a table was last committed to, where known. */
  committedAt: (table: TableRef) => string | undefined;
}): LakehouseDashboard[] {
  const { connection, objects, at } = options;
  const base = connection.uiUrl?.replace(/\/+$/, '');
  const datasets = new Map(objects.datasets.items.map(one => [one.id, one]));
  const chartsOf = new Map<string, SupersetChart[]>();
  for (const chart of objects.charts.items) {
    for (const id of chart.dashboardIds) {
      chartsOf.set(id, [...(chartsOf.get(id) ?? []), chart]);
    }
  }
  return objects.dashboards.items.map(dashboard => {
    const charts = chartsOf.get(dashboard.id) ?? [];
    const used = [
      ...new Set(charts.flatMap(({ datasetId }) => datasetId ?? [])),
    ].flatMap(id => datasets.get(id) ?? []);
    return {
      connection: connection.id,
      id: dashboard.id,
      uuid: dashboard.uuid,
      slug: dashboard.slug,
      title: dashboard.title,
      published: dashboard.published,
      owners: dashboard.owners,
      changedAt: dashboard.changedAt,
      observedAt: at,
      uiUrl:
        base &&
        `${base}${dashboard.path ?? `/superset/dashboard/${dashboard.id}/`}`,
      charts: charts.map(chart =>
        describeChart(chart, {
          dataset: datasets.get(chart.datasetId ?? ''),
          cache: options.cacheOf(chart.id),
          mappings: connection.databases,
          committedAt: options.committedAt,
        }),
      ),
      datasets: used.map(dataset => ({
        id: dataset.id,
        name: dataset.name,
        database: dataset.database,
        table: tableOf(dataset, connection.databases),
        reads: readsOf(dataset),
      })),
    };
  });
}

function describeChart(
  chart: SupersetChart,
  options: {
    dataset: SupersetDataset | undefined;
    cache: SupersetChartCache | undefined;
    mappings: SupersetConnection['databases'];
    committedAt: (table: TableRef) => string | undefined;
  },
): DashboardChart {
  const { dataset, cache } = options;
  const table = dataset && tableOf(dataset, options.mappings);
  const dataChangedAt = table && options.committedAt(table);
  const cachedAt = cache?.state === 'cached' ? cache.cachedAt : undefined;
  return {
    id: chart.id,
    name: chart.name,
    datasetId: chart.datasetId,
    datasetName: dataset?.name,
    reads: dataset && readsOf(dataset),
    cache: cache?.state ?? 'unknown',
    cachedAt,
    cacheTimeoutSeconds: chart.cacheTimeoutSeconds,
    dataChangedAt,
    outdated:
      cachedAt && dataChangedAt
        ? Date.parse(dataChangedAt) > Date.parse(cachedAt)
        : undefined,
  };
}

/** The Trino tables that datasets read, each once. */
export function tablesOf(
  objects: ListedObjects,
  mappings: SupersetConnection['databases'],
): TableRef[] {
  const tables = objects.datasets.items.flatMap(
    dataset => tableOf(dataset, mappings) ?? [],
  );
  return [
    ...new Map(tables.map(table => [formatTableRef(table), table])).values(),
  ];
}
