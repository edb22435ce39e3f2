import type { CacheView } from '@lakehouse-ops/plugin-lakehouse-common';
import { cacheNodeStatus, hitRatio, memoryShare, prefixRun } from '../cache';
import { formatCount, formatNumberOf, formatShare } from '../components/format';
import type { UrlPatch } from '../url';
import type { Concern } from './Concern';

/** A cache fuller than this soon has to evict. */
const MEMORY_AT_RISK = 0.9;
/** A prefix that is mostly missed costs more than it saves. */
const HIT_RATIO_AT_RISK = 0.5;
/** Too few lookups tell nothing. */
const MIN_LOOKUPS = 100;

/** What is not as it should be in a cache. */
export function cacheConcerns(view: CacheView): Concern[] {
  const { connection, latest } = view;
  const shows = (open: UrlPatch) => ({
    tab: 'caches' as const,
    open: { on: connection, ...open },
  });
  const shared = {
    system: 'redis' as const,
    connection,
    show: shows({}),
  };
  const whole = {
    ...shared,
    name: view.title,
    subject: { kind: 'cache' as const, connection },
  };
  const ofPrefix = (prefix: string | undefined) => ({
    ...shared,
    name: prefix ?? view.title,
    subject: { kind: 'cache' as const, connection, prefix },
  });
  const share = memoryShare(latest);
  const evicted = latest?.activity?.evictedKeys ?? 0;
  const badNodes = (view.nodes ?? []).filter(
    node => cacheNodeStatus(node) === 'breached',
  );
  return [
    ...badNodes.map(node => ({
      ...whole,
      id: `${connection} node ${node.id}`,
      status: 'breached' as const,
      text: `${node.role} ${node.id} is ${node.state}`,
    })),
    ...view.stampedes.map(stampede => ({
      ...ofPrefix(stampede.prefix),
      id: `${connection} stampede ${stampede.id}`,
      status: stampede.endedAt ? ('at-risk' as const) : ('breached' as const),
      text: `${stampede.endedAt ? 'had a stampede' : 'a stampede goes on'}${
        stampede.duplicateMisses === undefined
          ? ''
          : `: ${formatNumberOf(stampede.duplicateMisses, 'needless fill')}`
      }`,
      since: stampede.startedAt,
      show: shows({ stampede: stampede.id }),
      action:
        stampede.prefix === undefined
          ? undefined
          : {
              ...prefixRun({ connection, prefix: stampede.prefix }),
              runbookId: 'redis:expire-keys-with-jitter',
              label: 'Spread expiry',
            },
    })),
    ...(evicted > 0
      ? [
          {
            ...whole,
            id: `${connection} evictions`,
            status: 'at-risk' as const,
            text: `is full and evicts: ${formatCount(
              evicted,
            )} keys in the last look`,
          },
        ]
      : []),
    ...(evicted === 0 && share !== undefined && share >= MEMORY_AT_RISK
      ? [
          {
            ...whole,
            id: `${connection} memory`,
            status: 'at-risk' as const,
            text: `${formatShare(share)} of its memory is used`,
          },
        ]
      : []),
    ...view.prefixes.flatMap(prefix => {
      const { use } = prefix;
      const ratio = hitRatio(use);
      if (!use || ratio === undefined || ratio >= HIT_RATIO_AT_RISK) return [];
      if (use.hits + use.misses < MIN_LOOKUPS) return [];
      return [
        {
          ...ofPrefix(prefix.prefix),
          id: `${connection} ratio ${prefix.prefix}`,
          status: 'at-risk' as const,
          text: `only ${formatShare(ratio)} of lookups hit`,
          show: shows({ prefix: prefix.prefix }),
        },
      ];
    }),
  ];
}
