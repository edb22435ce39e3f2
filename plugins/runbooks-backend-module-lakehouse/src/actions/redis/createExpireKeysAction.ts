import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { formatMs } from '../shared/formatMs';
import type { RedisActionOptions } from './actionContext';
import { countWarnings, formatCount, keySamples } from './describeKeys';
import { keyActionFrame } from './keyActionFrame';
import { changeKeysShape } from './keyInput';
import { expireCommands } from './keys/expireCommands';
import { inspectKeys } from './keys/inspectKeys';
import { runOverPrimaries } from './keys/runOverPrimaries';
import { reconcileKeys } from './reconcileKeys';

const DAY_SECONDS = 86_400;
const DEFAULT_WINDOW_SECONDS = 600;

/** Lets keys expire one after the other instead of removing them all at once. */
export function createExpireKeysAction({
  connections,
  connectionChanged,
}: RedisActionOptions) {
  const frame = keyActionFrame({ connections, capability: 'keys.expire' });
  return createRunbookAction({
    id: 'redis:expire-keys-with-jitter',
    title: 'Spread expiry of keys',
    description:
      'Gives each key that matches a pattern a random time to live within a window, so that they are filled again one after the other and not all at once.',
    verb: 'Spread expiry',
    risk: 'low',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z.object({
        ...changeKeysShape,
        windowSeconds: z
          .number()
          .int()
          .min(1)
          .max(30 * DAY_SECONDS)
          .default(DEFAULT_WINDOW_SECONDS)
          .meta({
            title: 'Window',
            description:
              'Seconds within which the keys expire. Keys that expire sooner anyway stay as they are.',
          }),
      }),
      output: z.object({ spread: z.number(), limited: z.boolean() }),
    },
    ...frame.hooks,

    async preview({ input, signal }) {
      const { count, facts, withinLimit, fingerprint } = await frame.look(
        input,
        signal,
      );
      const windowMs = input.windowSeconds * 1000;
      const sooner = facts.filter(
        ({ ttlMs }) => ttlMs !== undefined && ttlMs < windowMs,
      ).length;
      return {
        content: {
          summary: `Lets ${formatCount(Math.min(count.keys, input.maxKeys))}${
            count.complete ? '' : ' or more'
          } keys that match ${
            input.pattern
          } expire one after the other within ${formatMs(windowMs)}.`,
          changes: [
            {
              label: 'Keys that match',
              before: count.keys,
              unit: 'count' as const,
              estimated: !count.complete,
            },
            {
              label: 'Keys that expire a second, on average',
              after: Math.ceil(
                Math.min(count.keys, input.maxKeys) / input.windowSeconds,
              ),
              unit: 'count' as const,
              estimated: true,
            },
          ],
          samples: keySamples(facts, count.keys),
          untouched: [
            'Keys that do not match.',
            'Keys that expire before their turn anyway: no time to live is made longer.',
            'Values: they can be read until they expire.',
          ],
          warnings: [
            ...countWarnings(count),
            ...(withinLimit
              ? []
              : [
                  `More keys match than may be changed at once (${formatCount(
                    input.maxKeys,
                  )}): the rest is left.`,
                ]),
            ...(facts.length > 0 && sooner === facts.length
              ? [
                  `All ${formatCount(
                    sooner,
                  )} keys that were looked at expire within ${formatMs(
                    windowMs,
                  )} anyway: little would change.`,
                ]
              : []),
          ],
        },
        fingerprint,
      };
    },

    async execute(context) {
      const { input, log } = context;
      try {
        const result = await runOverPrimaries({
          connection: connections.get(input.connection),
          context,
          match: input.pattern,
          commands: expireCommands({
            windowMs: input.windowSeconds * 1000,
            random: Math.random,
          }),
          maxKeys: input.maxKeys,
          done: 'given a time to live',
        });
        log.info(`${formatCount(result.changed)} keys will expire in turn`);
        return { spread: result.changed, limited: result.limited };
      } finally {
        connectionChanged(input.connection);
      }
    },

    async verify({ input, signal, output }) {
      const connection = connections.get(input.connection);
      const count = await frame.count(input, signal);
      const facts = await inspectKeys(connection, count.samples);
      const windowMs = input.windowSeconds * 1000;
      const late = facts.filter(
        ({ ttlMs, withoutTtl }) =>
          withoutTtl || (ttlMs !== undefined && ttlMs > windowMs),
      );
      const told = `${formatCount(
        output.spread,
      )} keys were given a time to live within ${formatMs(windowMs)}`;
      return {
        outcome: late.length && !output.limited ? 'inconclusive' : 'verified',
        summary: late.length
          ? `${told}; ${late.length} of ${
              facts.length
            } that were looked at live longer: ${
              output.limited
                ? 'the limit on keys left them.'
                : 'they were written again since.'
            }`
          : `${told}; all ${facts.length} that were looked at expire within it.`,
        metrics: [
          {
            label: 'Sampled keys that expire within the window',
            unit: 'percent',
            after: facts.length
              ? Math.round((100 * (facts.length - late.length)) / facts.length)
              : 100,
            better: 'higher',
          },
        ],
      };
    },

    reconcile: context =>
      reconcileKeys(context, {
        done: 'given a time to live',
        output: ({ changed, limited }) => ({ spread: changed, limited }),
      }),
  });
}
