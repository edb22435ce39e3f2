import type {
  CacheSample,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { DbNumber } from '../../../observations/storable';
import { isExact, textPattern } from '../queries/textPattern';
import { floorTo, MINUTE_MS } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';
import { gapIn, gapsOf, minutesOf, type Look, type LookResult } from './Look';
import type { MinuteLook } from './replaceMinutes';

/** Samples that one minute holds at most. */
const SAMPLES_PER_MINUTE = 60;
/** What parts of a key end with unless the config says otherwise. */
const SEPARATORS = [':', '/'];

/** Hits and misses of a minute under a prefix, as applications told. */
interface PrefixUse {
  readonly prefix: string;
  readonly minuteMs: number;
  readonly hits: number;
  readonly misses: number;
}

/** Hits among reads, and minutes without a stampede: what stored samples and reports tell. */
export function lookAtCaches(db: Knex): Look {
  return async ({ store, connection, series, time }) => {
    const range = {
      from: new Date(time.fromMs).toISOString(),
      to: new Date(time.toMs - 1).toISOString(),
    };
    const samples = await store.caches.samples(connection, {
      ...range,
      limit: minutesOf(time).length * SAMPLES_PER_MINUTE,
    });
    const use = await readUse(db, connection, time);
    const stampedes = await store.caches.stampedes(connection, range);
    const gaps = await gapsOf(store, connection, {
      time,
      subjects: ['cache', 'cache.telemetry'],
    });
    const gap = gapIn(gaps, floorTo(time.toMs - 1, MINUTE_MS));
    return new Map(
      series.map((one): [string, LookResult] => {
        const minutes = look(one, { samples, use, stampedes, time });
        const problem = minutes.size
          ? undefined
          : gap?.reason ?? noTelling(one);
        return [one.id, { minutes, problem }];
      }),
    );
  };
}

function look(
  { source }: SloSeries,
  seen: {
    samples: readonly CacheSample[];
    use: readonly PrefixUse[];
    stampedes: readonly Stampede[];
    time: MsRange;
  },
): ReadonlyMap<number, MinuteLook> {
  if (source.type !== 'lakehouse') return new Map();
  const { prefix } = source.filter;
  const matches = beneath(prefix ?? '*');
  const use = seen.use.filter(one => matches(one.prefix));
  const counts: readonly PrefixUse[] =
    prefix === undefined ? seen.samples.flatMap(toUse) : use;
  if (source.indicator === 'cache-hit-ratio') return sumHits(counts);

  const observed = new Set([
    ...use.map(({ minuteMs }) => minuteMs),
    ...seen.samples.map(({ sampledAt }) =>
      floorTo(Date.parse(sampledAt), MINUTE_MS),
    ),
  ]);
  const stampedes = seen.stampedes.filter(
    one => prefix === undefined || matches(one.prefix ?? ''),
  );
  return new Map(
    minutesOf(seen.time)
      .filter(minuteMs => observed.has(minuteMs))
      .map(minuteMs => [
        minuteMs,
        { good: Number(!stampedes.some(touches(minuteMs))), total: 1 },
      ]),
  );
}

/** A prefix stands for itself and for all beneath it, as the annotation of an entity does. */
function beneath(prefix: string): (text: string) => boolean {
  if (!isExact(prefix)) return textPattern(prefix);
  const parents = SEPARATORS.map(end =>
    prefix.endsWith(end) ? prefix : `${prefix}${end}`,
  );
  return text =>
    text === prefix || parents.some(parent => text.startsWith(parent));
}

function touches(minuteMs: number): (stampede: Stampede) => boolean {
  return ({ startedAt, endedAt }) =>
    Date.parse(startedAt) < minuteMs + MINUTE_MS &&
    (endedAt === undefined || Date.parse(endedAt) >= minuteMs);
}

function toUse({ sampledAt, activity }: CacheSample): PrefixUse[] {
  if (!activity) return [];
  const { hits, misses } = activity;
  return [
    {
      prefix: '',
      minuteMs: floorTo(Date.parse(sampledAt), MINUTE_MS),
      hits: Math.max(0, hits),
      misses: Math.max(0, misses),
    },
  ];
}

function sumHits(counts: readonly PrefixUse[]): Map<number, MinuteLook> {
  const minutes = new Map<number, MinuteLook>();
  for (const { minuteMs, hits, misses } of counts) {
    const known = minutes.get(minuteMs) ?? { good: 0, total: 0 };
    minutes.set(minuteMs, {
      good: known.good + hits,
      total: known.total + hits + misses,
    });
  }
  return minutes;
}

async function readUse(
  db: Knex,
  connection: string,
  { fromMs, toMs }: MsRange,
): Promise<PrefixUse[]> {
  const rows: Array<{
    prefix: string;
    minute: DbNumber;
    hits: DbNumber;
    misses: DbNumber;
  }> = await db('cache_use')
    .where('connection', connection)
    .where('ended_at', '>=', fromMs)
    .where('ended_at', '<', toMs)
    .groupByRaw(`prefix, ended_at / ${MINUTE_MS}`)
    .select('prefix', db.raw(`ended_at / ${MINUTE_MS} AS minute`))
    .sum({ hits: 'hits', misses: 'misses' });
  return rows.map(({ prefix, minute, hits, misses }) => ({
    prefix,
    minuteMs: Number(minute) * MINUTE_MS,
    hits: Number(hits),
    misses: Number(misses),
  }));
}

function noTelling({ source }: SloSeries): string {
  return source.type === 'lakehouse' && source.filter.prefix !== undefined
    ? `no application tells how it uses ${source.filter.prefix}`
    : 'no look at the cache tells its reads';
}
