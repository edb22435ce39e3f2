import {
  OK,
  RedisError,
  RespMap,
  SimpleString,
  type RespReply,
} from '../protocol/RespReply';
import { DATABASES } from '../world/RedisNodeState';
import { readInteger } from './readInteger';
import type {
  CommandContext,
  RedisCommandDefinition,
} from './RedisCommandDefinition';
import { REDIS_VERSION } from './redisVersion';

const CONNECTION = ['connection', 'fast'];
const CLIENT = ['connection', 'slow'];

export const sessionCommands: readonly RedisCommandDefinition[] = [
  {
    name: 'ping',
    arity: -1,
    categories: CONNECTION,
    run: (_context, [text]) => text ?? new SimpleString('PONG'),
  },
  {
    name: 'echo',
    arity: 2,
    categories: CONNECTION,
    run: (_context, [text]) => text,
  },
  {
    name: 'quit',
    arity: -1,
    categories: CONNECTION,
    beforeAuth: true,
    whileLoading: true,
    run: () => OK,
  },
  {
    name: 'auth',
    arity: -2,
    categories: CONNECTION,
    beforeAuth: true,
    whileLoading: true,
    run(context, words) {
      if (words.length > 2) throw new RedisError('ERR syntax error');
      const [name, password] =
        words.length === 2 ? words : ['default', words[0]];
      logIn(context, name, password, words.length === 1);
      return OK;
    },
  },
  {
    name: 'hello',
    arity: -1,
    categories: CONNECTION,
    beforeAuth: true,
    whileLoading: true,
    run: hello,
  },
  {
    name: 'select',
    arity: 2,
    categories: CONNECTION,
    whileLoading: true,
    run({ session, topology }, [text]) {
      const database = readInteger(text);
      if (database < 0 || database >= DATABASES) {
        throw new RedisError('ERR DB index is out of range');
      }
      if (topology.cluster && database !== 0) {
        throw new RedisError('ERR SELECT is not allowed in cluster mode');
      }
      session.database = database;
      return OK;
    },
  },
  {
    name: 'readonly',
    arity: 1,
    categories: CONNECTION,
    run: () => OK,
  },
  {
    name: 'client|setname',
    arity: 3,
    categories: CLIENT,
    whileLoading: true,
    run({ session }, [name]) {
      if (/[^!-~]/.test(name)) {
        throw new RedisError(
          'ERR Client names cannot contain spaces, newlines or special characters.',
        );
      }
      session.name = name;
      return OK;
    },
  },
  {
    name: 'client|getname',
    arity: 2,
    categories: CLIENT,
    run: ({ session }) => session.name || undefined,
  },
  {
    name: 'client|id',
    arity: 2,
    categories: CLIENT,
    run: ({ session }) => session.id,
  },
  {
    name: 'client|setinfo',
    arity: 4,
    categories: CLIENT,
    whileLoading: true,
    run: () => OK,
  },
  {
    name: 'client|list',
    arity: -2,
    categories: ['admin', 'slow', 'dangerous', 'connection'],
    run: ({ sessions }) =>
      [...sessions]
        .map(
          ({ id, address, name, database, user, protocol }) =>
            `id=${id} addr=${address} name=${name} db=${database} user=${
              user?.name ?? '(superuser)'
            } resp=${protocol}\n`,
        )
        .join(''),
  },
];

function hello(context: CommandContext, words: readonly string[]): RespReply {
  const { session, node, topology } = context;
  const [version, ...rest] = words;
  let protocol = session.protocol;
  if (version !== undefined) {
    if (version !== '2' && version !== '3') {
      throw new RedisError('NOPROTO unsupported protocol version');
    }
    protocol = version === '3' ? 3 : 2;
  }
  for (let index = 0; index < rest.length; ) {
    const option = rest[index].toLowerCase();
    if (option === 'auth' && index + 2 < rest.length) {
      logIn(context, rest[index + 1], rest[index + 2], false);
      index += 3;
    } else if (option === 'setname' && index + 1 < rest.length) {
      session.name = rest[index + 1];
      index += 2;
    } else {
      throw new RedisError(`ERR Syntax error in HELLO option '${rest[index]}'`);
    }
  }
  if (!session.user) {
    throw new RedisError(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  session.protocol = protocol;
  return new RespMap([
    ['server', 'redis'],
    ['version', REDIS_VERSION],
    ['proto', protocol],
    ['id', session.id],
    ['mode', topology.cluster ? 'cluster' : 'standalone'],
    ['role', node.faults.readonly ? 'replica' : 'master'],
    ['modules', []],
  ]);
}

function logIn(
  { users, session }: CommandContext,
  name: string,
  password: string,
  onlyPassword: boolean,
) {
  const user = users.get(name);
  if (onlyPassword && user?.password === undefined) {
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }
  if (!user || (user.password !== undefined && user.password !== password)) {
    throw new RedisError(
      'WRONGPASS invalid username-password pair or user is disabled.',
    );
  }
  session.user = user;
}
