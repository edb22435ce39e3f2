import type { CommandContext } from './RedisCommandDefinition';
import { REDIS_VERSION } from './redisVersion';

type Fields = ReadonlyArray<readonly [string, string | number]>;

/** Left out unless asked for by name, or all of it. */
const ON_DEMAND = new Set(['commandstats', 'latencystats']);

const SECTIONS: Readonly<Record<string, (context: CommandContext) => Fields>> =
  {
    server: ({ node, topology, nowMs }) => [
      ['redis_version', REDIS_VERSION],
      ['redis_mode', topology.cluster ? 'cluster' : 'standalone'],
      ['arch_bits', 64],
      ['process_id', 1],
      ['run_id', node.runId],
      ['tcp_port', node.port],
      ['server_time_usec', nowMs * 1000],
      ['uptime_in_seconds', Math.floor((nowMs - node.startedAtMs) / 1000)],
      ['uptime_in_days', Math.floor((nowMs - node.startedAtMs) / 86_400_000)],
    ],
    clients: ({ node }) => [
      ['connected_clients', node.clients],
      ['maxclients', 10_000],
      ['blocked_clients', 0],
    ],
    memory: ({ node }) => {
      const used = node.usedBytes;
      return [
        ['used_memory', used],
        ['used_memory_rss', Math.round(used * 1.2)],
        ['used_memory_peak', node.peakBytes],
        ['maxmemory', node.maxBytes],
        [
          'maxmemory_policy',
          node.config.get('maxmemory-policy') ?? 'noeviction',
        ],
        ['mem_fragmentation_ratio', '1.20'],
        ['lazyfree_pending_objects', 0],
      ];
    },
    persistence: ({ node }) => [
      ['loading', node.faults.loading ? 1 : 0],
      ['async_loading', 0],
    ],
    stats: ({ node }) => [
      ['total_connections_received', node.counters.connections],
      ['total_commands_processed', node.counters.commands],
      ['rejected_connections', 0],
      ['expired_keys', node.counters.expired],
      ['evicted_keys', node.counters.evicted],
      ['keyspace_hits', node.counters.hits],
      ['keyspace_misses', node.counters.misses],
      [
        'total_error_replies',
        [...node.errors.values()].reduce((a, b) => a + b, 0),
      ],
    ],
    replication: ({ node }) => [
      ['role', node.faults.readonly ? 'slave' : 'master'],
      ['connected_slaves', 0],
      ['master_replid', node.runId],
    ],
    cpu: () => [
      ['used_cpu_sys', '0.500000'],
      ['used_cpu_user', '1.000000'],
    ],
    commandstats: ({ node }) =>
      node.latency
        .stats()
        .map(({ command, calls, totalUs, failed }) => [
          `cmdstat_${command}`,
          `calls=${calls},usec=${totalUs},usec_per_call=${(
            totalUs / calls
          ).toFixed(2)},rejected_calls=0,failed_calls=${failed}`,
        ]),
    errorstats: ({ node }) =>
      [...node.errors].map(([code, count]) => [
        `errorstat_${code}`,
        `count=${count}`,
      ]),
    latencystats: ({ node }) =>
      node.latency.stats().map(({ command }) => [
        `latency_percentiles_usec_${command}`,
        [
          ['p50', 0.5],
          ['p99', 0.99],
          ['p99.9', 0.999],
        ]
          .map(
            ([name, part]) =>
              `${name}=${node.latency
                .percentileUs(command, Number(part))
                .toFixed(3)}`,
          )
          .join(),
      ]),
    cluster: ({ topology }) => [['cluster_enabled', topology.cluster ? 1 : 0]],
    keyspace: ({ node, nowMs }) =>
      [...node.databases]
        .filter(([, { size }]) => size)
        .map(([index, keyspace]) => [
          `db${index}`,
          `keys=${keyspace.size},expires=${
            keyspace.expiring
          },avg_ttl=${keyspace.averageTtlMs(nowMs)}`,
        ]),
  };

/** The text of INFO. */
export function infoText(
  context: CommandContext,
  asked: readonly string[],
): string {
  const wanted = new Set(asked.map(section => section.toLowerCase()));
  const all = wanted.has('all') || wanted.has('everything');
  const usual = !wanted.size || wanted.has('default');
  return Object.entries(SECTIONS)
    .filter(
      ([name]) => all || wanted.has(name) || (usual && !ON_DEMAND.has(name)),
    )
    .map(([name, read]) => {
      const title = name[0].toUpperCase() + name.slice(1);
      const lines = read(context).map(
        ([field, value]) => `${field}:${value}\r\n`,
      );
      return `# ${title}\r\n${lines.join('')}`;
    })
    .join('\r\n');
}
