import { formatRedisAddress } from '../config/readRedisAddress';
import { redisErrors } from '../errors';
import type { RedisReply } from '../RedisReply';
import type { RedisNode } from '../RedisTopology';
import { countOf, itemsOf, textOf } from '../replies/replyFields';

const SLOTS = 16_384;
/** Larger clusters are not made; an answer that says so is wrong. */
const MAX_NODES = 1000;

/**
 * Reads CLUSTER SLOTS: ranges of slots, each with its primary and then its replicas
 * as host, port and node id. A host that is empty or `?` is the one that was asked.
 */
export function readClusterSlots(
  reply: RedisReply,
  options: { connection: string; asked: { id: string; host: string } },
): { nodes: RedisNode[]; slotsCovered: number } {
  const primaries = new Map<
    string,
    { nodeId?: string; slots: Array<readonly [number, number]> }
  >();
  const replicas = new Map<string, { nodeId?: string; primary: string }>();
  let slotsCovered = 0;
  for (const range of itemsOf(reply)) {
    const [first, last, ...servers] = itemsOf(range);
    const from = countOf(first);
    const to = countOf(last);
    const [primary, ...followers] = servers.map(server =>
      readServer(server, options.asked.host),
    );
    if (
      from === undefined ||
      to === undefined ||
      !isRange(from, to) ||
      !primary
    ) {
      throw redisErrors.unavailable({
        connection: options.connection,
        kind: 'bad-response',
        reason: `${options.asked.id} answered CLUSTER SLOTS in a form that is not known`,
        remedy: 'see whether it is a cluster of Redis',
      });
    }
    slotsCovered += to - from + 1;
    const known = primaries.get(primary.id) ?? {
      nodeId: primary.nodeId,
      slots: [],
    };
    known.slots.push([from, to]);
    primaries.set(primary.id, known);
    for (const follower of followers) {
      if (follower) {
        replicas.set(follower.id, {
          nodeId: follower.nodeId,
          primary: primary.id,
        });
      }
    }
  }
  if (primaries.size + replicas.size > MAX_NODES) {
    throw redisErrors.limit({
      what: 'The list of nodes',
      limit: MAX_NODES,
      unit: 'nodes',
      remedy: 'See whether the connection is to the cluster that is meant.',
    });
  }
  return {
    slotsCovered: Math.min(slotsCovered, SLOTS),
    nodes: [
      ...[...primaries].map(
        ([id, own]): RedisNode => ({
          id,
          role: 'primary',
          ...own,
        }),
      ),
      ...[...replicas]
        .filter(([id]) => !primaries.has(id))
        .map(([id, own]): RedisNode => ({ id, role: 'replica', ...own })),
    ],
  };
}

function readServer(server: RedisReply, askedHost: string) {
  const [host, port, nodeId] = itemsOf(server);
  const number = countOf(port);
  if (number === undefined || number < 1 || number > 65_535) return undefined;
  const told = textOf(host);
  const known = told && told !== '?' ? told : askedHost;
  return {
    id: formatRedisAddress({ host: known, port: number }),
    nodeId: textOf(nodeId),
  };
}

function isRange(from: number, to: number): boolean {
  return from >= 0 && to >= from && to < SLOTS;
}
