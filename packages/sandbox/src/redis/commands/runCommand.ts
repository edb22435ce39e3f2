import { RedisError, type RespReply } from '../protocol/RespReply';
import type { RedisUser } from '../world/RedisUser';
import { clusterCommands } from './clusterCommands';
import { keyCommands } from './keyCommands';
import type {
  CommandContext,
  RedisCommandDefinition,
} from './RedisCommandDefinition';
import { serverCommands } from './serverCommands';
import { sessionCommands } from './sessionCommands';

const COMMANDS: ReadonlyMap<string, RedisCommandDefinition> = new Map(
  [
    ...keyCommands,
    ...sessionCommands,
    ...serverCommands,
    ...clusterCommands,
  ].map(command => [command.name, command]),
);
const CONTAINERS = new Set(
  [...COMMANDS.keys()].flatMap(name =>
    name.includes('|') ? [name.split('|')[0]] : [],
  ),
);
/** Errors quote so much of what was sent. */
const MAX_QUOTED = 128;

/**
 * Runs one command as a server does, in its order of checks: known, arguments, log-in,
 * rights, slots, state.
 *
 * @throws RedisError as the server answers it
 */
export function runCommand(
  context: Omit<CommandContext, 'dryRun' | 'keyspace'> & {
    keyspaceOf: (database: number) => CommandContext['keyspace'];
  },
  words: readonly string[],
): { name: string; reply: RespReply } {
  const { node, session } = context;
  const { command, args } = find(words, node.faults.refused);
  checkArity(command, args);
  if (!session.user && !command.beforeAuth) {
    throw new RedisError('NOAUTH Authentication required.');
  }
  if (node.faults.refused.get(command.name) === 'noperm') {
    throw new RedisError(noCommand(command.name));
  }
  if (session.user && !command.beforeAuth) {
    const denial = denialOf(session.user, command, args);
    if (denial) throw new RedisError(`NOPERM ${lowerFirst(denial.onError)}`);
  }
  checkSlots(context, command, args);
  checkState(context, command);
  const reply = command.run(
    {
      ...context,
      keyspace: context.keyspaceOf(session.database),
      dryRun,
    },
    args,
  );
  return { name: command.name, reply };
}

/** The command's name as figures tell it, where it is known. */
export function commandName(words: readonly string[]): string | undefined {
  const name = words[0].toLowerCase();
  const full = `${name}|${words[1]?.toLowerCase()}`;
  if (COMMANDS.has(full)) return full;
  return COMMANDS.has(name) ? name : undefined;
}

function find(
  words: readonly string[],
  refused: ReadonlyMap<string, 'noperm' | 'unknown'>,
) {
  const [name, sub] = words;
  const lower = name.toLowerCase();
  if (refused.get(lower) === 'unknown') throw unknown(words);
  if (CONTAINERS.has(lower)) {
    if (sub === undefined) {
      throw new RedisError(
        `ERR wrong number of arguments for '${lower}' command`,
      );
    }
    const full = `${lower}|${sub.toLowerCase()}`;
    const command = COMMANDS.get(full);
    if (!command || refused.get(full) === 'unknown') {
      throw new RedisError(
        `ERR unknown subcommand '${sub.slice(
          0,
          MAX_QUOTED,
        )}'. Try ${lower.toUpperCase()} HELP.`,
      );
    }
    return { command, args: words.slice(2) };
  }
  const command = COMMANDS.get(lower);
  if (!command) throw unknown(words);
  return { command, args: words.slice(1) };
}

function unknown([name, ...args]: readonly string[]): RedisError {
  let quoted = '';
  for (const arg of args) {
    if (quoted.length >= MAX_QUOTED) break;
    quoted += `'${arg.slice(0, MAX_QUOTED - quoted.length)}' `;
  }
  return new RedisError(
    `ERR unknown command '${name.slice(
      0,
      MAX_QUOTED,
    )}', with args beginning with: ${quoted}`,
  );
}

function checkArity(command: RedisCommandDefinition, args: readonly string[]) {
  const length = args.length + (command.name.includes('|') ? 2 : 1);
  const fits =
    command.arity < 0 ? length >= -command.arity : length === command.arity;
  if (!fits) {
    throw new RedisError(
      `ERR wrong number of arguments for '${command.name}' command`,
    );
  }
}

function keysOf(command: RedisCommandDefinition, args: readonly string[]) {
  if (!command.keys) return [];
  return command.keys === 'all' ? args : args.slice(0, 1);
}

function noCommand(name: string) {
  return `NOPERM this user has no permissions to run the '${name}' command`;
}

function denialOf(
  user: RedisUser,
  command: RedisCommandDefinition,
  args: readonly string[],
): { onError: string; onDryRun: string } | undefined {
  if (!user.mayRun(command.name, command.categories)) {
    const text = `This user has no permissions to run the '${command.name}' command`;
    return { onError: text, onDryRun: text };
  }
  const key = keysOf(command, args).find(one => !user.mayUseKey(one));
  return key === undefined
    ? undefined
    : {
        onError:
          'This user has no permissions to access one of the keys used as arguments',
        onDryRun: `This user has no permissions to access the '${key}' key`,
      };
}

function dryRun(user: RedisUser, words: readonly string[]): string | undefined {
  const name = commandName(words);
  const command = name === undefined ? undefined : COMMANDS.get(name);
  if (!command) throw new RedisError(`ERR Command '${words[0]}' not found`);
  const args = words.slice(command.name.includes('|') ? 2 : 1);
  checkArity(command, args);
  return denialOf(user, command, args)?.onDryRun;
}

function checkSlots(
  { topology, node }: Pick<CommandContext, 'topology' | 'node'>,
  command: RedisCommandDefinition,
  args: readonly string[],
) {
  const keys = keysOf(command, args);
  if (!topology.cluster || !keys.length) return;
  if (node.faults.clusterDown) {
    throw new RedisError('CLUSTERDOWN The cluster is down');
  }
  const slots = new Set(keys.map(key => topology.slotOf(key)));
  if (slots.size > 1) {
    throw new RedisError(
      "CROSSSLOT Keys in request don't hash to the same slot",
    );
  }
  const owner = topology.ownerOf(keys[0]);
  if (owner !== node) {
    throw new RedisError(`MOVED ${topology.slotOf(keys[0])} ${owner.id}`);
  }
}

function checkState(
  { node }: Pick<CommandContext, 'node'>,
  { categories, whileLoading, name }: RedisCommandDefinition,
) {
  const { faults } = node;
  const writes = categories.includes('write');
  const touchesKeys = writes || categories.includes('read');
  if (faults.outOfMemory && name === 'set') {
    throw new RedisError(
      "OOM command not allowed when used memory > 'maxmemory'.",
    );
  }
  if (faults.readonly && writes) {
    throw new RedisError(
      "READONLY You can't write against a read only replica.",
    );
  }
  if (faults.masterDown && touchesKeys) {
    throw new RedisError(
      "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    );
  }
  if (faults.loading && !whileLoading) {
    throw new RedisError('LOADING Redis is loading the dataset in memory');
  }
}

function lowerFirst(text: string): string {
  return text[0].toLowerCase() + text.slice(1);
}
