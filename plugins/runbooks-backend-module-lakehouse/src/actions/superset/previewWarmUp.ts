import type {
  SupersetChart,
  SupersetDashboard,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';

const SAMPLES = 20;

/** Tells which charts would be computed. Whether they are cached now is not asked: that would cost as much. */
export function previewWarmUp(
  dashboard: SupersetDashboard,
  charts: readonly SupersetChart[],
): PreviewContent {
  return {
    summary:
      charts.length > 0
        ? `Superset computes the ${charts.length} charts of dashboard ${dashboard.title} anew, one after another, and caches their answers.`
        : `Dashboard ${dashboard.title} has no charts that this account sees: there is nothing to warm.`,
    changes: [
      {
        label: 'Charts that are computed and cached',
        after: charts.length,
        unit: 'count',
      },
    ],
    samples: {
      columns: ['Chart', 'Kept for'],
      rows: charts
        .slice(0, SAMPLES)
        .map(({ name, cacheTimeoutSeconds }) => [
          name,
          cacheTimeoutSeconds === undefined
            ? 'as its dataset or Superset says'
            : `${cacheTimeoutSeconds} s`,
        ]),
      total: charts.length,
    },
    untouched: [
      'Data: queries only read.',
      'Answers with filters that people chose themselves: those stay as they are.',
    ],
    warnings:
      charts.length > 0
        ? [
            `${charts.length} queries or more run on the databases behind it, also where an answer is cached already.`,
          ]
        : [],
  };
}
