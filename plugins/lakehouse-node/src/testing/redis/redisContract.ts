import { redisAnswersContract } from './contract/redisAnswersContract';
import { redisFiguresContract } from './contract/redisFiguresContract';
import { redisKeysContract } from './contract/redisKeysContract';
import { redisNodesContract } from './contract/redisNodesContract';
import { redisRightsContract } from './contract/redisRightsContract';
import type { RedisContractTarget } from './RedisContractTarget';

const TEST_TIMEOUT_MS = 30_000;

/**
 * What every Redis connection must do, as Jest tests. One and the same suite runs on
 * the sandbox and on real servers: where the two differ, the sandbox is wrong. It
 * uses keys under `lakehouse-ops:contract:` only and removes them.
 *
 * @public
 */
export function redisContract(options: {
  name: string;
  open: () => Promise<RedisContractTarget>;
}) {
  describe(`the Redis connection contract on ${options.name}`, () => {
    let target: RedisContractTarget | undefined;

    jest.setTimeout(TEST_TIMEOUT_MS);

    beforeAll(async () => {
      target = await options.open();
    });

    afterAll(async () => {
      await target?.close();
    });

    const getTarget = () => {
      if (!target) throw new Error('The target of the contract is not open.');
      return target;
    };
    redisNodesContract(getTarget);
    redisKeysContract(getTarget);
    redisFiguresContract(getTarget);
    redisAnswersContract(getTarget);
    redisRightsContract(getTarget);
  });
}
