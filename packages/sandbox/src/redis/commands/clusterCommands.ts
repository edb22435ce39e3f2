import { RedisError, RespMap, VerbatimText } from '../protocol/RespReply';
import { keySlot } from '../world/keySlot';
import type {
  CommandContext,
  RedisCommandDefinition,
} from './RedisCommandDefinition';

const SLOTS = 16_384;

const cluster = (
  name: string,
  arity: number,
  run: RedisCommandDefinition['run'],
): RedisCommandDefinition => ({
  name: `cluster|${name}`,
  arity,
  categories: ['slow'],
  whileLoading: true,
  run(context, args) {
    if (!context.topology.cluster) {
      throw new RedisError('ERR This instance has cluster support disabled');
    }
    return run(context, args);
  },
});

export const clusterCommands: readonly RedisCommandDefinition[] = [
  cluster('slots', 2, ({ topology }) =>
    topology.primaries.map(node => [
      ...topology.slotsOf(node),
      [node.host, node.port, node.nodeId, []],
    ]),
  ),
  cluster('shards', 2, ({ topology }) =>
    topology.primaries.map(
      node =>
        new RespMap([
          ['slots', [...topology.slotsOf(node)]],
          [
            'nodes',
            [
              new RespMap([
                ['id', node.nodeId],
                ['port', node.port],
                ['ip', node.host],
                ['endpoint', node.host],
                ['role', 'master'],
                ['replication-offset', 0],
                ['health', 'online'],
              ]),
            ],
          ],
        ]),
    ),
  ),
  cluster('nodes', 2, context => new VerbatimText(nodesText(context))),
  cluster('info', 2, context => new VerbatimText(clusterInfo(context))),
  cluster('myid', 2, ({ node }) => node.nodeId),
  cluster('keyslot', 3, (_context, [key]) => keySlot(key)),
];

function nodesText({ topology, node, nowMs }: CommandContext): string {
  return topology.primaries
    .map((one, index) => {
      const flags = one === node ? 'myself,master' : 'master';
      const [first, last] = topology.slotsOf(one);
      return `${one.nodeId} ${one.id}@${
        one.port + 10_000
      } ${flags} - 0 ${nowMs} ${index + 1} connected ${first}-${last}\n`;
    })
    .join('');
}

function clusterInfo({ topology, node }: CommandContext): string {
  const { length } = topology.primaries;
  return [
    ['cluster_enabled', 1],
    ['cluster_state', node.faults.clusterDown ? 'fail' : 'ok'],
    ['cluster_slots_assigned', SLOTS],
    ['cluster_slots_ok', SLOTS],
    ['cluster_slots_pfail', 0],
    ['cluster_slots_fail', 0],
    ['cluster_known_nodes', length],
    ['cluster_size', length],
    ['cluster_current_epoch', topology.epoch],
    ['cluster_my_epoch', topology.primaries.indexOf(node) + 1],
  ]
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('');
}
