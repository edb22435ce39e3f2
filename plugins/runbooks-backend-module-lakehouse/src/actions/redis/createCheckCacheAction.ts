import { describeRedisError } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { formatBytes } from '../shared/formatBytes';
import { preflightSystem } from '../shared/preflightSystem';
import type { RedisActionOptions } from './actionContext';
import { formatCount } from './describeKeys';
import { REDIS_SYSTEM } from './keyInput';
import { cacheSampleSchema, sampleCache } from './sampleCache';

const MAX_SECONDS = 60;

/** Looks at a whole cache for some seconds. */
export function createCheckCacheAction({
  connections,
}: Pick<RedisActionOptions, 'connections'>) {
  return createCheckAction({
    id: 'redis:check-cache',
    title: 'Check cache',
    description:
      'Watches a cache for some seconds: hit ratio, reads, evictions, expiries, and its memory.',
    schema: {
      input: z.object({
        connection: z.string().min(1).max(255).meta({
          title: 'Cache',
          description: 'Connection id of the cache',
        }),
        seconds: z.number().int().min(1).max(MAX_SECONDS).default(3).meta({
          title: 'Seconds',
          description: 'How long it is watched',
        }),
      }),
      output: cacheSampleSchema,
    },
    timeout: { minutes: 2 },
    target: ({ connection }) => ({
      system: REDIS_SYSTEM,
      connection,
      kind: 'cache',
      name: connection,
    }),
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Redis',
        connections,
        target,
        capabilities: ['info.read'],
        describe: describeRedisError,
      }),

    look: ({ input, signal }) =>
      sampleCache({
        connection: connections.get(input.connection),
        seconds: input.seconds,
        signal,
      }),

    report: ({ connection, seconds }, output) => ({
      summary: `Redis ${connection} holds ${formatCount(output.keys)} keys${
        output.memoryUsedBytes === undefined
          ? ''
          : ` in ${formatBytes(output.memoryUsedBytes)}`
      }${
        output.memoryUsedPercent === undefined
          ? ''
          : ` (${output.memoryUsedPercent} % of what it may take)`
      }. Within ${seconds} s ${
        output.hitRatioPercent === undefined
          ? 'nothing was read'
          : `it answered ${output.hitRatioPercent} % of ${output.readsPerSecond} reads a second`
      } and evicted ${
        output.evictedPerSecond ?? 'an unknown number of'
      } keys a second.`,
      metrics: [
        {
          label: 'Hit ratio',
          unit: 'percent',
          after: output.hitRatioPercent,
          better: 'higher',
        },
        {
          label: 'Reads a second',
          unit: 'count',
          after: output.readsPerSecond,
        },
        {
          label: 'Evictions a second',
          unit: 'count',
          after: output.evictedPerSecond,
          better: 'lower',
        },
        {
          label: 'Expiries a second',
          unit: 'count',
          after: output.expiredPerSecond,
        },
        {
          label: 'Memory used',
          unit: 'percent',
          after: output.memoryUsedPercent,
          better: 'lower',
        },
        {
          label: 'Keys that expire',
          unit: 'percent',
          after: output.keysWithTtlPercent,
        },
      ],
      warnings:
        output.evictionPolicy === 'noeviction' &&
        output.memoryMaxBytes !== undefined
          ? [
              'Its policy is noeviction: when its memory is full it refuses writes.',
            ]
          : [],
    }),
  });
}
