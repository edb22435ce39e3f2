import type { RedisArgument } from '../RedisReply';

/** A command that is asked for, and the question that tells whether it may be used. */
export interface ProbedCommand {
  /** Of the capability. */
  readonly id: string;
  /** Changes nothing: reads, or names a key that is not there. */
  readonly question: readonly [string, ...RedisArgument[]];
  readonly clusterOnly?: boolean;
}

const ABSENT_KEY = 'lakehouse-ops:probe:absent';

export const PROBED_COMMANDS: readonly ProbedCommand[] = [
  { id: 'info.read', question: ['info', 'server'] },
  { id: 'keys.scan', question: ['scan', 0, 'count', 1] },
  { id: 'keys.memory', question: ['memory', 'usage', ABSENT_KEY] },
  { id: 'keys.ttl', question: ['pttl', ABSENT_KEY] },
  { id: 'keys.unlink', question: ['unlink', ABSENT_KEY] },
  { id: 'keys.expire', question: ['pexpire', ABSENT_KEY, 1000] },
  { id: 'config.read', question: ['config', 'get', 'maxmemory'] },
  { id: 'slowlog.read', question: ['slowlog', 'get', 1] },
  { id: 'latency.read', question: ['latency', 'histogram', 'ping'] },
  {
    id: 'cluster.read',
    question: ['cluster', 'info'],
    clusterOnly: true,
  },
];
