import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { RedisActionOptions } from './actionContext';
import {
  countWarnings,
  estimateBytes,
  formatCount,
  keySamples,
} from './describeKeys';
import { keyActionFrame } from './keyActionFrame';
import { changeKeysShape } from './keyInput';
import { runOverPrimaries } from './keys/runOverPrimaries';
import { unlinkCommands } from './keys/unlinkCommands';
import { reconcileKeys } from './reconcileKeys';

const fingerprintSchema = z.object({ withinLimit: z.boolean() });

/** Removes all keys that match a pattern. */
export function createFlushKeysAction({
  connections,
  connectionChanged,
}: RedisActionOptions) {
  const frame = keyActionFrame({ connections, capability: 'keys.unlink' });
  return createRunbookAction({
    id: 'redis:flush-keys',
    title: 'Flush keys',
    description:
      'Removes the keys that match a pattern from a cache, paced so that its other clients hardly feel it.',
    verb: 'Flush',
    risk: 'medium',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z.object(changeKeysShape),
      output: z.object({ removed: z.number(), limited: z.boolean() }),
    },
    ...frame.hooks,

    async preview({ input, signal }) {
      const { count, facts, withinLimit, fingerprint } = await frame.look(
        input,
        signal,
      );
      const removed = Math.min(count.keys, input.maxKeys);
      const bytes = estimateBytes(facts, { ...count, keys: removed });
      return {
        content: {
          summary: count.keys
            ? `Removes ${formatCount(removed)}${
                count.complete ? '' : ' or more'
              } keys that match ${input.pattern} from Redis ${
                input.connection
              }.`
            : `No key of Redis ${input.connection} matches ${input.pattern}: there is nothing to remove.`,
          changes: [
            {
              label: `Keys that match`,
              before: count.keys,
              after: count.keys - removed,
              unit: 'count' as const,
              estimated: !count.complete,
            },
            ...count.byNode.map(({ node, keys }) => ({
              label: `of these on ${node}`,
              before: keys,
              unit: 'count' as const,
            })),
            ...(bytes === undefined
              ? []
              : [
                  {
                    label: 'Memory that is freed',
                    before: bytes,
                    after: 0,
                    unit: 'bytes' as const,
                    estimated: true,
                  },
                ]),
          ],
          samples: keySamples(facts, count.keys),
          untouched: [
            `Keys that do not match, ${formatCount(
              Math.max(0, count.total - count.keys),
            )} at the moment.`,
            'What the keys were made of: applications fill them again when they are asked for.',
          ],
          warnings: [
            ...countWarnings(count),
            ...(withinLimit
              ? []
              : [
                  `More keys match than may be removed at once (${formatCount(
                    input.maxKeys,
                  )}): the rest is left. Raise the limit, or flush again.`,
                ]),
            ...(count.keys > 0
              ? [
                  'Everyone who asks for these keys next misses at once. To spare what fills them, spread their expiry instead.',
                ]
              : []),
          ],
        },
        fingerprint,
      };
    },

    async execute(context) {
      const { input, log } = context;
      const connection = connections.get(input.connection);
      try {
        const result = await runOverPrimaries({
          connection,
          context,
          match: input.pattern,
          commands: unlinkCommands(connection.mode),
          maxKeys: input.maxKeys,
          done: 'removed',
        });
        log.info(`${formatCount(result.changed)} keys removed`);
        if (result.uncertain > 0) {
          log.warn(
            `${formatCount(
              result.uncertain,
            )} more were sent and not answered when a connection broke; going over everything again has settled them.`,
          );
        }
        return { removed: result.changed, limited: result.limited };
      } finally {
        connectionChanged(input.connection);
      }
    },

    async verify({ input, signal, output, fingerprint }) {
      const { withinLimit } = fingerprintSchema.parse(fingerprint);
      const left = await frame.count(input, signal);
      const metrics = [
        {
          label: 'Keys that match',
          unit: 'count' as const,
          before: output.removed + left.keys,
          after: left.keys,
          better: 'lower' as const,
        },
      ];
      const removed = `${formatCount(output.removed)} keys removed`;
      if (left.keys === 0 && left.complete) {
        return {
          outcome: 'verified',
          summary: `${removed}, none is left.`,
          metrics,
        };
      }
      const rest = `${formatCount(left.keys)}${
        left.complete ? '' : ' or more'
      } match`;
      if (output.limited || !withinLimit) {
        return {
          outcome: 'verified',
          summary: `${removed}, as many as were allowed; ${rest} still.`,
          metrics,
        };
      }
      // A key that is written again at once proves nothing against the flush.
      return {
        outcome: output.removed > 0 ? 'verified' : 'inconclusive',
        summary: `${removed}; ${rest} now, written since.`,
        metrics,
      };
    },

    reconcile: context =>
      reconcileKeys(context, {
        done: 'gone',
        output: ({ changed, limited }) => ({ removed: changed, limited }),
      }),
  });
}
