import { toError } from '@backstage/errors';
import type { RedisLink } from '../client/RedisLink';
import type { RedisAddress } from '../config/RedisConnectionConfig';
import { redisErrors } from '../errors';
import type { RedisTopology } from '../RedisTopology';
import { parseInfo } from '../replies/parseInfo';
import { toReply } from '../replies/toReply';
import { readClusterSlots } from './readClusterSlots';

/** How many nodes are asked before it is given up. */
const MAX_ASKED = 8;

/** Asks one node after the other which nodes there are, until one tells. */
export async function askCluster(options: {
  connection: string;
  nodes: readonly string[];
  linkTo: (id: string) => RedisLink;
  addressOf: (id: string) => RedisAddress;
}): Promise<Omit<RedisTopology, 'observedAt' | 'fingerprint'>> {
  let lastError: Error | undefined;
  // Those that answered last time first: a node that is down costs a time-out.
  const ordered = [...options.nodes].sort(
    (a, b) =>
      Number(options.linkTo(b).available) - Number(options.linkTo(a).available),
  );
  for (const id of ordered.slice(0, MAX_ASKED)) {
    const link = options.linkTo(id);
    try {
      const slots = toReply(await link.send('cluster', ['slots']));
      const found = readClusterSlots(slots, {
        connection: options.connection,
        asked: { id, host: options.addressOf(id).host },
      });
      if (!found.nodes.length) {
        throw redisErrors.unavailable({
          connection: options.connection,
          kind: 'server-error',
          reason: `${id} knows no node with slots`,
          remedy:
            'see whether the cluster was made (CLUSTER ADDSLOTS) and is whole',
        });
      }
      // It may be refused by itself, and what it tells can be done without.
      const info = await link.attempt('cluster', ['info']);
      const fields =
        info.outcome === 'done'
          ? parseInfo(String(info.reply))
          : new Map<string, string>();
      const epoch = Number(fields.get('cluster_current_epoch') ?? NaN);
      return {
        ...found,
        state: fields.get('cluster_state'),
        ...(Number.isSafeInteger(epoch) && { epoch }),
      };
    } catch (error) {
      lastError = toError(error);
    }
  }
  throw lastError ?? new Error('a cluster needs at least one node in config');
}
