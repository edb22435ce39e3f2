import { InputError } from '@backstage/errors';
import type { RedisCommand, RedisCommandOptions } from '../RedisConnection';
import {
  REDIS_PIPELINE_LIMIT,
  type RedisArgument,
  type RedisOutcome,
} from '../RedisReply';
import { toReply } from '../replies/toReply';
import type { SocketOutcome } from './RedisSocket';

/** Sends commands without waiting for the answer of one before the next. */
export async function sendPipeline(
  to: {
    attempt(
      name: string,
      args: readonly RedisArgument[],
      options: RedisCommandOptions,
    ): Promise<SocketOutcome>;
  },
  commands: readonly RedisCommand[],
  options: RedisCommandOptions,
): Promise<readonly RedisOutcome[]> {
  if (commands.length > REDIS_PIPELINE_LIMIT) {
    throw new InputError(
      `A pipeline of ${commands.length} commands is too long. Send at most ${REDIS_PIPELINE_LIMIT} at once.`,
    );
  }
  return Promise.all(
    commands.map(async ({ name, args }): Promise<RedisOutcome> => {
      const outcome = await to.attempt(name, args, options);
      return outcome.outcome === 'done'
        ? { outcome: 'done', reply: toReply(outcome.reply) }
        : outcome;
    }),
  );
}
