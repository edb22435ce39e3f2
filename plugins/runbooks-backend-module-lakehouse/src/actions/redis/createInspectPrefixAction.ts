import { CACHE_TTL_BOUNDS_SECONDS } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeRedisError } from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { formatBytes } from '../shared/formatBytes';
import { formatMs } from '../shared/formatMs';
import { preflightSystem } from '../shared/preflightSystem';
import type { RedisActionOptions } from './actionContext';
import {
  countWarnings,
  estimateBytes,
  formatCount,
  formatKey,
  keySamples,
} from './describeKeys';
import { keysShape, keysTarget } from './keyInput';
import { countKeys, type KeyCount } from './keys/countKeys';
import { inspectKeys, type KeyFacts } from './keys/inspectKeys';

const COUNT_AT_MOST = 20_000_000;
const SHOWN = 20;

/** Looks at the keys that match a pattern, and changes nothing. */
export function createInspectPrefixAction({ connections }: RedisActionOptions) {
  async function look(
    input: { connection: string; pattern: string },
    signal: AbortSignal,
  ) {
    const connection = connections.get(input.connection);
    const count = await countKeys({
      connection,
      match: input.pattern,
      stopAbove: COUNT_AT_MOST,
      signal,
    });
    return { count, facts: await inspectKeys(connection, count.samples) };
  }

  return createRunbookAction({
    id: 'redis:inspect-prefix',
    title: 'Inspect keys',
    description:
      'Counts the keys that match a pattern, and shows their memory, types and times to live. Changes nothing.',
    verb: 'Inspect',
    risk: 'low',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z.object(keysShape),
      output: z.object({
        keys: z.number(),
        complete: z.boolean(),
        sizeBytes: z.number().optional(),
        sampled: z.number(),
        withoutTtl: z.number(),
      }),
    },
    timeout: { minutes: 2 },
    target: keysTarget,
    lockKeys: () => [],
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Redis',
        connections,
        target,
        capabilities: ['keys.scan'],
        describe: describeRedisError,
      }),

    async preview({ input, signal }) {
      const { count, facts } = await look(input, signal);
      const bytes = estimateBytes(facts, count);
      return {
        content: {
          summary: `${formatCount(count.keys)} of ${formatCount(
            count.total,
          )} keys of Redis ${input.connection} match ${input.pattern}${
            bytes === undefined ? '' : `, about ${formatBytes(bytes)}`
          }.`,
          changes: [
            ...count.byNode.map(({ node, keys }) => ({
              label: `Keys on ${node}`,
              before: keys,
              unit: 'count' as const,
            })),
            ...ttlShares(facts),
          ],
          samples: keySamples(facts.slice(0, SHOWN), count.keys),
          untouched: ['Everything: this only looks.'],
          warnings: countWarnings(count),
        },
        fingerprint: {},
      };
    },

    async execute({ input, signal, log }) {
      const { count, facts } = await look(input, signal);
      const biggest = [...facts]
        .sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0))
        .slice(0, SHOWN);
      log.info(`${formatCount(count.keys)} keys match`);
      for (const fact of biggest) log.info(factLine(fact));
      return outputOf(count, facts);
    },

    async verify({ output }) {
      return {
        outcome: 'verified',
        summary: `${formatCount(output.keys)} keys${
          output.complete ? '' : ' or more'
        } match; ${formatCount(output.withoutTtl)} of ${formatCount(
          output.sampled,
        )} that were looked at never expire.`,
        metrics: [],
      };
    },

    async reconcile() {
      return { state: 'not-done', reason: 'It only looks.' };
    },
  });
}

function outputOf(count: KeyCount, facts: readonly KeyFacts[]) {
  return {
    keys: count.keys,
    complete: count.complete,
    sizeBytes: estimateBytes(facts, count),
    sampled: facts.length,
    withoutTtl: facts.filter(({ withoutTtl }) => withoutTtl).length,
  };
}

function factLine(fact: KeyFacts): string {
  const size =
    fact.sizeBytes === undefined ? '' : `, ${formatBytes(fact.sizeBytes)}`;
  const expires =
    fact.ttlMs === undefined ? '' : `, expires in ${formatMs(fact.ttlMs)}`;
  const ttl = fact.withoutTtl ? ', never expires' : expires;
  return `${formatKey(fact.key)}: ${fact.type ?? 'unknown type'}${size}${ttl}`;
}

/** How the keys that were looked at spread over times to live. */
function ttlShares(facts: readonly KeyFacts[]) {
  const known = facts.filter(
    ({ ttlMs, withoutTtl }) => ttlMs !== undefined || withoutTtl,
  );
  if (!known.length) return [];
  const share = (count: number) => Math.round((100 * count) / known.length);
  const bins = CACHE_TTL_BOUNDS_SECONDS.map((bound, index) => {
    const from = index ? CACHE_TTL_BOUNDS_SECONDS[index - 1] : 0;
    return {
      label: `Expire within ${formatMs(bound * 1000)}`,
      before: share(
        known.filter(
          ({ ttlMs }) =>
            ttlMs !== undefined &&
            ttlMs <= bound * 1000 &&
            (index === 0 || ttlMs > from * 1000),
        ).length,
      ),
      unit: 'percent' as const,
      estimated: true,
    };
  });
  return [
    ...bins,
    {
      label: 'Never expire',
      before: share(known.filter(({ withoutTtl }) => withoutTtl).length),
      unit: 'percent' as const,
      estimated: true,
    },
  ];
}
