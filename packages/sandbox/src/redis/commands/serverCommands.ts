import { OK, RedisError, RespMap, VerbatimText } from '../protocol/RespReply';
import { globPattern } from '../world/RedisUser';
import { infoText } from './infoText';
import type { RedisCommandDefinition } from './RedisCommandDefinition';

const ADMIN = ['admin', 'slow', 'dangerous'];

export const serverCommands: readonly RedisCommandDefinition[] = [
  {
    name: 'info',
    arity: -1,
    categories: ['slow', 'dangerous'],
    whileLoading: true,
    run: (context, sections) => new VerbatimText(infoText(context, sections)),
  },
  {
    name: 'config|get',
    arity: -3,
    categories: ADMIN,
    run({ node }, patterns) {
      const wanted = patterns.map(one => globPattern(one.toLowerCase()));
      return new RespMap(
        [...node.config].filter(([name]) =>
          wanted.some(pattern => pattern.test(name)),
        ),
      );
    },
  },
  {
    name: 'config|set',
    arity: -4,
    categories: ADMIN,
    run({ node }, [name, value]) {
      if (!node.config.has(name.toLowerCase())) {
        throw new RedisError(
          `ERR Unknown option or number of arguments for CONFIG SET - '${name}'`,
        );
      }
      node.config.set(name.toLowerCase(), value);
      return OK;
    },
  },
  {
    name: 'config|resetstat',
    arity: 2,
    categories: ADMIN,
    run({ node }) {
      Object.assign(node.counters, {
        hits: 0,
        misses: 0,
        expired: 0,
        evicted: 0,
        commands: 0,
      });
      node.latency.reset();
      return OK;
    },
  },
  {
    name: 'slowlog|get',
    arity: -2,
    categories: ADMIN,
    run({ node }, [text]) {
      const count = text === undefined ? 10 : Number(text);
      if (!Number.isInteger(count) || count < -1) {
        throw new RedisError('ERR count should be greater than or equal to -1');
      }
      return node.slowlog
        .slice(0, count < 0 ? undefined : count)
        .map(one => [
          one.id,
          one.atSeconds,
          one.tookUs,
          one.words,
          one.client,
          one.name,
        ]);
    },
  },
  {
    name: 'slowlog|len',
    arity: 2,
    categories: ADMIN,
    run: ({ node }) => node.slowlog.length,
  },
  {
    name: 'slowlog|reset',
    arity: 2,
    categories: ADMIN,
    run({ node }) {
      node.slowlog = [];
      return OK;
    },
  },
  {
    name: 'latency|histogram',
    arity: -2,
    categories: ADMIN,
    run: ({ node }, commands) =>
      new RespMap(
        node.latency
          .histogram(commands.map(one => one.toLowerCase()))
          .map(({ command, calls, atMost }) => [
            command,
            new RespMap([
              ['calls', calls],
              ['histogram_usec', new RespMap(atMost)],
            ]),
          ]),
      ),
  },
  {
    name: 'command|count',
    arity: 2,
    categories: ['slow', 'connection'],
    run: () => 240,
  },
  {
    name: 'command|docs',
    arity: -2,
    categories: ['slow', 'connection'],
    run: () => [],
  },
  {
    name: 'acl|whoami',
    arity: 2,
    categories: ['slow'],
    run: ({ session }) => session.user?.name,
  },
  {
    name: 'acl|dryrun',
    arity: -4,
    categories: ADMIN,
    run({ users, dryRun }, [name, ...words]) {
      const user = users.get(name);
      if (!user) throw new RedisError(`ERR User '${name}' not found`);
      return dryRun(user, words) ?? OK;
    },
  },
  {
    name: 'time',
    arity: 1,
    categories: ['fast'],
    run: ({ nowMs }) => [
      String(Math.floor(nowMs / 1000)),
      String((nowMs % 1000) * 1000),
    ],
  },
];
