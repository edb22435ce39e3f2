import { z } from 'zod';
import { ConnectionUnavailableError } from '../../shared/errors';
import type { MetricsTarget } from '../PrometheusConnection';
import type { PrometheusHttp } from '../PrometheusHttp';
import { answerSchema } from './answerSchema';

const MAX_TEXT = 500;
const RANK = { down: 0, unknown: 1, up: 2 };

const schema = answerSchema(
  z.object({
    activeTargets: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        scrapeUrl: z.string().nullish(),
        lastError: z.string().nullish(),
        lastScrape: z.string().nullish(),
        health: z.string(),
      }),
    ),
  }),
);

/** Scrape targets, down first; undefined where the server has no such list. */
export async function readTargets(options: {
  http: PrometheusHttp;
  signal?: AbortSignal;
}): Promise<MetricsTarget[] | undefined> {
  try {
    const { data } = await options.http.ask({
      ...options,
      what: 'The list of scrape targets',
      resource: 'targets',
      parameters: { state: 'active' },
      schema,
    });
    return data.activeTargets.map(toTarget).sort(byHealth);
  } catch (error) {
    if (error instanceof ConnectionUnavailableError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

type Row = z.output<typeof schema>['data']['activeTargets'][number];

function toTarget(row: Row): MetricsTarget {
  const { labels, health } = row;
  const scrapedMs = Date.parse(row.lastScrape ?? '');
  return {
    job: labels.job ?? '(without a job)',
    instance: labels.instance ?? row.scrapeUrl ?? '(without an instance)',
    health: health === 'up' || health === 'down' ? health : 'unknown',
    lastError: row.lastError?.slice(0, MAX_TEXT) || undefined,
    // Go's time of nothing, year 1, is one that was never scraped.
    lastScrapeAt: scrapedMs > 0 ? new Date(scrapedMs).toISOString() : undefined,
  };
}

function byHealth(one: MetricsTarget, other: MetricsTarget): number {
  return (
    RANK[one.health] - RANK[other.health] ||
    one.job.localeCompare(other.job) ||
    one.instance.localeCompare(other.instance)
  );
}
