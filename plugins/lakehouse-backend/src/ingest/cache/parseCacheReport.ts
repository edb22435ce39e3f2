import { InputError } from '@backstage/errors';
import {
  CACHE_FILL_BOUNDS_MS,
  type CacheTelemetryReport,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';

const MAX_PREFIXES = 201;
const MAX_HOT_KEYS = 10;
const MAX_KEY_LENGTH = 512;
const MAX_WINDOW_MS = 10 * 60_000;
/** How far an application's clock may be ahead. */
const MAX_AHEAD_MS = 5 * 60_000;
/** How late a report may come. */
const MAX_LATE_MS = 24 * 60 * 60_000;
const MAX_ISSUES = 5;

const name = z
  .string()
  .max(MAX_KEY_LENGTH)
  // PostgreSQL takes no NUL, and no page shows the others.
  .transform(text => text.replace(/\p{Cc}/gu, '\uFFFD'));
const count = z.int().min(0);

const prefixSchema = z
  .object({
    prefix: name,
    hits: count,
    misses: count,
    writes: count,
    deletes: count,
    duplicateMisses: count,
    fill: z
      .object({
        counts: z.array(count).length(CACHE_FILL_BOUNDS_MS.length + 1),
      })
      .optional(),
    hotKeys: z
      .array(z.object({ key: name, concurrentMisses: z.int().min(2) }))
      .max(MAX_HOT_KEYS)
      .optional(),
  })
  .refine(prefix => prefix.duplicateMisses <= prefix.misses, {
    path: ['duplicateMisses'],
    error: 'is more than misses, of which it is a part',
  });

const reportSchema = z
  .object({
    version: z.literal(1),
    instance: name.pipe(z.string().min(1).max(200)),
    source: name.pipe(z.string().min(1).max(200)),
    windowStart: z.iso.datetime({ offset: true }),
    windowEnd: z.iso.datetime({ offset: true }),
    prefixes: z
      .array(prefixSchema)
      .max(MAX_PREFIXES)
      .refine(
        prefixes =>
          new Set(prefixes.map(({ prefix }) => prefix)).size ===
          prefixes.length,
        'names a prefix twice',
      ),
    prefixesCutOff: count,
  })
  .refine(report => windowMs(report) > 0 && windowMs(report) <= MAX_WINDOW_MS, {
    path: ['windowEnd'],
    error: `is not within ${MAX_WINDOW_MS / 60_000} minutes after windowStart`,
  });

/**
 * Reads what an application tells of its cache.
 *
 * @throws InputError that names the fields that are not as they should be
 */
export function parseCacheReport(
  body: Buffer,
  now: Date,
): CacheTelemetryReport {
  const parsed = reportSchema
    .refine(report => isNear(report.windowEnd, now), {
      path: ['windowEnd'],
      error: `is more than ${MAX_AHEAD_MS / 60_000} minutes ahead of, or ${
        MAX_LATE_MS / 3_600_000
      } hours behind, this clock, which reads ${now.toISOString()}; check the sender's clock`,
    })
    .safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  throw new InputError(
    `The report of a cache's use was not taken. ${issues.join(
      '; ',
    )}. See docs/cache-telemetry.md for its fields.`,
  );
}

function windowMs(report: { windowStart: string; windowEnd: string }): number {
  return Date.parse(report.windowEnd) - Date.parse(report.windowStart);
}

function isNear(time: string, now: Date): boolean {
  const aheadMs = Date.parse(time) - now.getTime();
  return aheadMs <= MAX_AHEAD_MS && aheadMs >= -MAX_LATE_MS;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new InputError(
      "The report of a cache's use is not JSON; it was not taken.",
      cause,
    );
  }
}
