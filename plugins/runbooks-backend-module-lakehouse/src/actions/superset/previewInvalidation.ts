import type {
  SupersetDataset,
  SupersetDatasetUse,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { formatMs } from '../shared/formatMs';
import {
  cacheInWords,
  cachedOf,
  type LookedAtChart,
  MOST_LOOKS,
} from './lookAtCharts';

/** Tells which charts and dashboards an invalidation meets, and what of them is cached. */
export function previewInvalidation(options: {
  dataset: SupersetDataset;
  use: SupersetDatasetUse;
  looked: readonly LookedAtChart[];
}): PreviewContent {
  const { dataset, use, looked } = options;
  const cached = cachedOf(looked).length;
  const notLooked = use.charts.length - looked.length;
  const unknown = looked.filter(({ cache }) => cache.state === 'unknown');
  const dashboards = use.dashboards.map(({ title }) => title);
  return {
    summary: `Superset forgets the cached answers of dataset ${dataset.name} (${dataset.database}), of which ${use.charts.length} charts on ${dashboards.length} dashboards are made.`,
    changes: [
      {
        label:
          notLooked > 0
            ? `Cached of ${looked.length} charts that were looked at`
            : 'Charts that are cached',
        before: cached,
        after: 0,
        unit: 'count',
      },
      ...(dashboards.length > 0
        ? [
            {
              label: 'Dashboards that are met',
              after: dashboards.slice(0, 10).join(', '),
              unit: 'text' as const,
            },
          ]
        : []),
    ],
    samples: {
      columns: ['Chart', 'Cache'],
      rows: looked.map(({ name, cache }) => [
        name,
        cacheInWords(cache, formatMs),
      ]),
      total: use.charts.length,
    },
    untouched: [
      'Data: only answers that Superset keeps are removed.',
      'Answers of other datasets, also on the same dashboards.',
    ],
    warnings: [
      ...(cached === 0
        ? [
            'No chart was seen cached: that something is removed will not be visible.',
          ]
        : [
            'The next one to open such a chart waits for its query, and its database runs it.',
          ]),
      ...(notLooked > 0
        ? [
            `Only ${MOST_LOOKS} charts were looked at: looking at one that is not cached runs its query. The others are invalidated as well.`,
          ]
        : []),
      ...(unknown.length > 0
        ? [
            `Of ${unknown.length} charts it can't be told whether they are cached.`,
          ]
        : []),
    ],
  };
}
