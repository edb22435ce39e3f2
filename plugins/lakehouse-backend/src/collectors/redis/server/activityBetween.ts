import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { NodeCounters } from './NodeFigures';

/** Counters of one primary, and when they were read. */
export interface CountedNode {
  readonly id: string;
  readonly runId?: string;
  readonly counters?: NodeCounters;
}

export interface CountedRound {
  readonly atMs: number;
  readonly nodes: readonly CountedNode[];
}

/**
 * What happened between two looks, summed over all primaries. Nothing when that
 * can't be told of even one of them: a node that was not there before, that has
 * restarted, or whose counters were set back. A sum without it would be too small.
 */
export function activityBetween(
  before: CountedRound | undefined,
  now: CountedRound,
): CacheSample['activity'] {
  const windowSeconds = before ? (now.atMs - before.atMs) / 1000 : 0;
  if (!before || windowSeconds <= 0 || !now.nodes.length) return undefined;
  const known = new Map(before.nodes.map(node => [node.id, node]));
  const sum = {
    hits: 0,
    misses: 0,
    evictedKeys: 0,
    expiredKeys: 0,
    commands: 0,
  };
  for (const node of now.nodes) {
    const moved = movedBetween(known.get(node.id), node);
    if (!moved) return undefined;
    sum.hits += moved.hits;
    sum.misses += moved.misses;
    sum.evictedKeys += moved.evictedKeys;
    sum.expiredKeys += moved.expiredKeys;
    sum.commands += moved.commands;
  }
  return { windowSeconds, ...sum };
}

function movedBetween(
  before: CountedNode | undefined,
  now: CountedNode,
): NodeCounters | undefined {
  if (!before?.counters || !now.counters || before.runId !== now.runId) {
    return undefined;
  }
  const moved: NodeCounters = {
    hits: now.counters.hits - before.counters.hits,
    misses: now.counters.misses - before.counters.misses,
    evictedKeys: now.counters.evictedKeys - before.counters.evictedKeys,
    expiredKeys: now.counters.expiredKeys - before.counters.expiredKeys,
    commands: now.counters.commands - before.counters.commands,
  };
  // CONFIG RESETSTAT sets them back without a restart.
  return Object.values(moved).some(difference => difference < 0)
    ? undefined
    : moved;
}
