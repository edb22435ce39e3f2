import type {
  RedisConnection,
  RedisOutcome,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RedisKey } from './KeyNode';

/** One key, looked at more closely. What could not be read is absent. */
export interface KeyFacts {
  readonly key: RedisKey;
  readonly node: string;
  readonly type?: string;
  readonly sizeBytes?: number;
  /** Absent with `withoutTtl`, and when it could not be read. */
  readonly ttlMs?: number;
  readonly withoutTtl?: boolean;
}

/** PTTL of a key that never expires. */
const NEVER = -1;

/** Reads type, memory and time to live of keys. Keys that are gone by now are left out. */
export async function inspectKeys(
  connection: RedisConnection,
  samples: ReadonlyArray<{ readonly node: string; readonly key: RedisKey }>,
): Promise<KeyFacts[]> {
  const nodes = [...new Set(samples.map(({ node }) => node))];
  const facts = await Promise.all(
    nodes.map(async id => {
      const keys = samples.filter(({ node }) => node === id);
      const outcomes = await connection.pipeline(
        { id },
        keys.flatMap(({ key }) => [
          { name: 'TYPE', args: [key] },
          { name: 'MEMORY', args: ['USAGE', key] },
          { name: 'PTTL', args: [key] },
        ]),
      );
      return keys.flatMap(({ key }, index) => {
        const [type, size, ttl] = outcomes.slice(3 * index, 3 * index + 3);
        const ttlMs = numberOf(ttl);
        const isGone = ttlMs === -2 || textOf(type) === 'none';
        if (isGone) return [];
        return [
          {
            key,
            node: id,
            type: textOf(type),
            sizeBytes: numberOf(size),
            withoutTtl: ttlMs === undefined ? undefined : ttlMs === NEVER,
            ttlMs: ttlMs !== undefined && ttlMs >= 0 ? ttlMs : undefined,
          },
        ];
      });
    }),
  );
  return facts.flat();
}

function textOf(outcome: RedisOutcome | undefined): string | undefined {
  return outcome?.outcome === 'done' && outcome.reply !== undefined
    ? String(outcome.reply)
    : undefined;
}

function numberOf(outcome: RedisOutcome | undefined): number | undefined {
  return outcome?.outcome === 'done' && typeof outcome.reply === 'number'
    ? outcome.reply
    : undefined;
}
