import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { RedisKey } from './KeyNode';
import { walkKeys } from './walkKeys';

/** A preview must come in a minute: then counting ends, and what was seen by then is told as such. */
const TIME_MS = 40_000;
const SAMPLES_A_NODE = 20;

/** How many keys match, as far as they were counted. */
export interface KeyCount {
  readonly keys: number;
  readonly byNode: ReadonlyArray<{
    readonly node: string;
    readonly keys: number;
  }>;
  /** Keys of the whole cache, that match or not. */
  readonly total: number;
  /** False when time ran out, or when there were more than was asked for. */
  readonly complete: boolean;
  /** Share of the keyspace that was looked at, 0 to 1. */
  readonly share: number;
  readonly samples: ReadonlyArray<{
    readonly node: string;
    readonly key: RedisKey;
  }>;
  /** The same as long as the same primaries hold the same slots. */
  readonly topology: string;
}

/**
 * Counts the keys that match, on every primary at once and paced.
 *
 * @param options - `stopAbove`: counting ends when there are more
 */
export async function countKeys(options: {
  connection: RedisConnection;
  match: string;
  stopAbove: number;
  signal: AbortSignal;
  timeMs?: number;
}): Promise<KeyCount> {
  const { connection, match, stopAbove } = options;
  const signal = AbortSignal.any([
    options.signal,
    AbortSignal.timeout(options.timeMs ?? TIME_MS),
  ]);
  const topology = await connection.topology({ refresh: true, signal });
  const primaries = topology.nodes.filter(({ role }) => role === 'primary');
  let keys = 0;
  const counts = await Promise.all(
    primaries.map(async node => {
      const samples: Array<{ node: string; key: RedisKey }> = [];
      let found = 0;
      let scanned = 0;
      const total = Number(await connection.command(node, 'DBSIZE')) || 0;
      const end = await walkKeys({
        node: {
          id: node.id,
          binaryCommand: (name, args) =>
            connection.binaryCommand(node, name, args),
          pipeline: commands => connection.pipeline(node, commands),
        },
        match,
        signal,
        onScanned: count => {
          scanned += count;
        },
        work: async step => {
          found += step.length;
          keys += step.length;
          for (const key of step) {
            if (samples.length >= SAMPLES_A_NODE) break;
            samples.push({ node: node.id, key });
          }
          return keys <= stopAbove;
        },
      });
      return { node: node.id, keys: found, total, scanned, end, samples };
    }),
  );
  options.signal.throwIfAborted();
  const total = sum(counts.map(each => each.total));
  const complete = counts.every(({ end }) => end === 'all-seen');
  const seen = sum(counts.map(each => Math.min(each.total, each.scanned)));
  return {
    keys,
    byNode: counts.map(each => ({ node: each.node, keys: each.keys })),
    total,
    complete,
    share: complete || !total ? 1 : seen / total,
    samples: counts.flatMap(each => each.samples),
    topology: topology.fingerprint,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
