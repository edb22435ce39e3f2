import { toError } from '@backstage/errors';
import type { RedisLink } from '../client/RedisLink';
import { formatRedisAddress } from '../config/readRedisAddress';
import { redisErrors } from '../errors';
import type { RedisNode, RedisTopology } from '../RedisTopology';
import { countOf, itemsOf, pairsOf, textOf } from '../replies/replyFields';
import { toReply } from '../replies/toReply';

/** Asks one Sentinel after the other who the primary is, until one tells. */
export async function askSentinels(options: {
  connection: string;
  name: string;
  sentinels: ReadonlyMap<string, RedisLink>;
}): Promise<Omit<RedisTopology, 'observedAt' | 'fingerprint'>> {
  let lastError: Error | undefined;
  for (const [id, link] of options.sentinels) {
    try {
      return await askOne(link, { ...options, id });
    } catch (error) {
      lastError = toError(error);
    }
  }
  throw lastError ?? new Error('a sentinel needs at least one node in config');
}

async function askOne(
  link: RedisLink,
  options: { connection: string; name: string; id: string },
) {
  const told = toReply(
    await link.send('sentinel', ['get-master-addr-by-name', options.name]),
  );
  const [host, port] = itemsOf(told);
  const primary = addressOf(textOf(host), countOf(port));
  if (!primary) {
    throw redisErrors.unavailable({
      connection: options.connection,
      kind: 'server-error',
      reason: `Sentinel ${options.id} knows no primary called '${options.name}'`,
      remedy:
        'correct sentinel.name of the connection, or look at sentinel monitor of its config',
    });
  }
  const [master, followers] = await Promise.all([
    link.attempt('sentinel', ['master', options.name]),
    link.attempt('sentinel', ['replicas', options.name]),
  ]);
  const fields =
    master.outcome === 'done' ? pairsOf(toReply(master.reply)) : undefined;
  const replicas =
    followers.outcome === 'done' ? itemsOf(toReply(followers.reply)) : [];
  const nodes: RedisNode[] = [{ id: primary, role: 'primary' }];
  for (const replica of replicas) {
    const own = pairsOf(replica);
    const id = addressOf(textOf(own.get('ip')), countOf(own.get('port')));
    if (id && id !== primary) nodes.push({ id, role: 'replica', primary });
  }
  return { nodes, epoch: countOf(fields?.get('config-epoch')) };
}

function addressOf(host: string | undefined, port: number | undefined) {
  return host && port ? formatRedisAddress({ host, port }) : undefined;
}
