import type {
  Stampede,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** A stampede as an event on the time line. */
export function describeStampede(stampede: Stampede): TimelineEvent {
  const [hottest] = stampede.keys;
  const what = hottest
    ? `${hottest.concurrentMisses} asked at once for ${hottest.key}, which was not in the cache`
    : `${stampede.expiredKeys ?? 'Many'} keys expired at once, and misses rose`;
  const work =
    stampede.duplicateMisses === undefined
      ? ''
      : `; ${stampede.duplicateMisses} fills were not needed`;
  const cost = stampede.trino
    ? `; ${stampede.trino.queries} queries of ${
        stampede.trino.source
      } took ${seconds(stampede.trino.wallMs)} of Trino, usual are ${
        stampede.trino.usualQueries
      }`
    : '';
  return {
    id: stampede.id,
    connection: stampede.connection,
    kind: 'stampede',
    at: stampede.startedAt,
    until: stampede.endedAt,
    severity: 'warning',
    title: `${what}${work}${cost}`,
    subject: stampede.prefix,
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
