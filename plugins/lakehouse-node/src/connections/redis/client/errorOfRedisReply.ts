import {
  redisErrors,
  RedisReplyError,
  type RedisState,
  RedisStateError,
  RedisUnknownCommandError,
} from '../errors';
import type { RedisArgument } from '../RedisReply';
import { commandTitle } from './commandTitle';

const MAX_QUOTED = 200;

/** What each state means and what to do, in two clauses. `{node}` answered. */
const STATES: Readonly<
  Record<
    Exclude<RedisState, 'MOVED' | 'ASK'>,
    readonly [reason: string, remedy: string]
  >
> = {
  LOADING: [
    '{node} is loading its data from disk (LOADING)',
    'wait until it is loaded',
  ],
  READONLY: [
    '{node} is a replica and takes no writes (READONLY)',
    'name the primary, Sentinel or the cluster in the connection, or wait until a failover has ended',
  ],
  TRYAGAIN: [
    'the keys are being moved between nodes of the cluster (TRYAGAIN)',
    'wait until the slots are moved',
  ],
  CLUSTERDOWN: [
    'the cluster does not serve all its slots (CLUSTERDOWN)',
    'look at CLUSTER INFO and CLUSTER NODES, and bring back the primary that failed',
  ],
  MASTERDOWN: [
    '{node} is a replica that has lost its primary (MASTERDOWN)',
    'look at the primary and the link to it',
  ],
  OOM: [
    '{node} has used all of maxmemory and its policy evicts nothing (OOM)',
    'raise maxmemory, choose an eviction policy, or remove keys',
  ],
  MISCONF: [
    '{node} takes no writes, because it could not save to disk (MISCONF)',
    "look at the server's disk and its log",
  ],
  NOREPLICAS: [
    '{node} takes no writes, because too few replicas follow it (NOREPLICAS)',
    'bring back its replicas, or lower min-replicas-to-write',
  ],
  BUSY: [
    '{node} is held up by a script (BUSY)',
    'wait until the script has ended, or stop it by SCRIPT KILL',
  ],
};

/** What an error that a server answered means. */
export function errorOfRedisReply(
  text: string,
  options: {
    connection: string;
    node: string;
    user?: string;
    command: string;
    args: readonly RedisArgument[];
  },
): Error {
  const { connection, node } = options;
  const [code = ''] = text.split(' ', 1);
  const title = commandTitle(options.command, options.args);
  if (code === 'MOVED' || code === 'ASK') {
    const [, slot, target = ''] = text.split(' ');
    return new RedisStateError({
      connection,
      state: code,
      redirect: { slot: Number(slot), node: target },
      reason: `${node} has handed slot ${slot} to ${target} (${code})`,
      remedy: "nothing need be done: the cluster's nodes are read again",
    });
  }
  if (isState(code)) {
    const [reason, remedy] = STATES[code];
    return new RedisStateError({
      connection,
      state: code,
      reason: reason.replace('{node}', node),
      remedy,
    });
  }
  if (code === 'NOAUTH') {
    return redisErrors.denied({
      connection,
      status: 401,
      reason: `${node} wants a password (NOAUTH)`,
      remedy: 'set auth.user and auth.password of the connection',
    });
  }
  if (/without any password/.test(text)) {
    return redisErrors.denied({
      connection,
      status: 401,
      reason: `${node} has no password, but the connection sends one`,
      remedy:
        'take auth.password out of the connection, or set requirepass on the server',
    });
  }
  if (code === 'WRONGPASS' || /invalid password/.test(text)) {
    return redisErrors.denied({
      connection,
      status: 401,
      reason: `${node} does not accept the user or password`,
      remedy:
        'correct auth.user and auth.password (or passwordFile) of the connection',
    });
  }
  if (code === 'NOPERM') {
    return deniedByAcl(text, { ...options, title });
  }
  if (code === 'DENIED') {
    return redisErrors.denied({
      connection,
      status: 401,
      reason: `${node} runs in protected mode and takes no clients from elsewhere (DENIED)`,
      remedy: 'set a password on the server and under auth of the connection',
    });
  }
  if (/^ERR unknown (sub)?command/i.test(text)) {
    return new RedisUnknownCommandError({
      connection,
      node,
      command: title,
      remedy:
        'use a newer Redis, or ask who runs the server to allow it: managed services rename or block commands',
    });
  }
  if (/max number of clients/i.test(text)) {
    return redisErrors.unavailable({
      connection,
      kind: 'server-error',
      reason: `${node} has reached its limit of clients (maxclients)`,
      remedy: 'close idle clients, or raise maxclients',
    });
  }
  return new RedisReplyError({
    connection,
    node,
    command: title,
    code,
    text: text.slice(0, MAX_QUOTED),
  });
}

function deniedByAcl(
  text: string,
  options: { connection: string; node: string; user?: string; title: string },
) {
  const { connection, node, title } = options;
  const user = options.user ?? 'default';
  const isOfKeys = /access .*key|keys mentioned/i.test(text);
  const rule = isOfKeys
    ? '~<pattern of the keys>'
    : `+${title.toLowerCase().replace(' ', '|')}`;
  return redisErrors.denied({
    connection,
    status: 403,
    reason: isOfKeys
      ? `user ${user} may not use a key of ${title} on ${node} (NOPERM)`
      : `user ${user} may not run ${title} on ${node} (NOPERM)`,
    remedy: `run ACL SETUSER ${user} ${rule}`,
    right: rule,
  });
}

function isState(code: string): code is keyof typeof STATES {
  return Object.hasOwn(STATES, code);
}
