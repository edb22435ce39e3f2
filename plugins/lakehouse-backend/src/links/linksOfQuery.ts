import type {
  ExternalLink,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { linksOf } from './linksOf';
import type { LinkTemplate } from './LinkTemplate';

/** Figures are taken every so often: the last before a short query and the first after it lie outside of it. */
const MARGIN_MS = 60_000;

/** The links of a query, over the time that it took and a minute on each side. */
export function linksOfQuery(
  templates: readonly LinkTemplate[],
  query: QueryRecord,
  now: Date = new Date(),
): ExternalLink[] | undefined {
  const { createdAt, endedAt } = query;
  return linksOf(templates, 'query', {
    ...query,
    from: createdAt,
    to: endedAt ?? now.toISOString(),
    marginMs: MARGIN_MS,
  });
}
