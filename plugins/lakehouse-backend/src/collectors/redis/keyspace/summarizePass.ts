import type { CacheKeyspace } from '@lakehouse-ops/plugin-lakehouse-common';
import { KeyCounts } from './KeyCounts';
import type { PrefixCounts } from './PrefixCounts';
import { OTHER_PREFIX } from './prefixOf';

const PREFIXES_MAX = 200;

/** What was seen of one primary. */
export interface NodePass {
  readonly counts: PrefixCounts;
  /** DBSIZE. */
  readonly totalKeys: number;
  readonly complete: boolean;
}

/**
 * Figures by prefix over all primaries, scaled up where not all keys were seen: SCAN
 * goes through a hash table, so that what it has told is a random part.
 *
 * @param wanted - prefixes that are told first
 */
export function summarizePass(
  nodes: readonly NodePass[],
  options: { scannedAt: string; wanted: ReadonlySet<string> },
): Array<{ prefix: string; keyspace: CacheKeyspace }> {
  const complete = nodes.every(node => node.complete);
  const seen = nodes.filter(({ counts }) => counts.keys > 0);
  // Nodes of which nothing is seen yet are taken to be like the others.
  const unseenShare =
    sum(nodes, ({ totalKeys }) => totalKeys) /
    Math.max(
      1,
      sum(seen, ({ totalKeys }) => totalKeys),
    );
  const scaled = new Map<string, KeyCounts>();
  const sampled = new Map<string, number>();
  for (const node of seen) {
    const scale = node.complete
      ? 1
      : Math.max(1, node.totalKeys / node.counts.keys);
    for (const [prefix, counts] of node.counts.entries()) {
      const own = scaled.get(prefix) ?? new KeyCounts();
      own.absorb(counts, complete ? 1 : scale * Math.max(1, unseenShare));
      scaled.set(prefix, own);
      sampled.set(prefix, (sampled.get(prefix) ?? 0) + counts.keys);
    }
  }
  return fold(scaled, sampled, options.wanted).map(
    ([prefix, counts, sampledKeys]) => ({
      prefix,
      keyspace: {
        scannedAt: options.scannedAt,
        sampledKeys,
        complete,
        keys: Math.round(counts.keys),
        ...(counts.sizedKeys > 0 && {
          sizeBytes: Math.round(
            (counts.sizedBytes / counts.sizedKeys) * counts.keys,
          ),
        }),
        withoutTtl: Math.round(counts.withoutTtl),
        ttl: counts.ttl.map(count => Math.round(count)),
      },
    }),
  );
}

/** Keeps the largest prefixes and counts the rest as other. */
function fold(
  scaled: ReadonlyMap<string, KeyCounts>,
  sampled: ReadonlyMap<string, number>,
  wanted: ReadonlySet<string>,
): Array<[prefix: string, counts: KeyCounts, sampledKeys: number]> {
  const sorted = [...scaled]
    .filter(([prefix]) => prefix !== OTHER_PREFIX)
    .sort(
      ([a, x], [b, y]) =>
        Number(wanted.has(b)) - Number(wanted.has(a)) || y.keys - x.keys,
    );
  const rest = new KeyCounts();
  let restSampled = 0;
  for (const [prefix, counts] of [
    ...sorted.slice(PREFIXES_MAX - 1),
    ...[...scaled].filter(([name]) => name === OTHER_PREFIX),
  ]) {
    rest.absorb(counts);
    restSampled += sampled.get(prefix) ?? 0;
  }
  return [
    ...sorted
      .slice(0, PREFIXES_MAX - 1)
      .map(([prefix, counts]): [string, KeyCounts, number] => [
        prefix,
        counts,
        sampled.get(prefix) ?? 0,
      ]),
    ...(rest.keys > 0
      ? [
          [OTHER_PREFIX, rest, restSampled] satisfies [
            string,
            KeyCounts,
            number,
          ],
        ]
      : []),
  ];
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
