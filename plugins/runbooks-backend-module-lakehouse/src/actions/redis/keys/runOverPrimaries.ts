import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import {
  ConnectionDeniedError,
  describeRedisError,
  type RedisConnection,
  type RedisRunbookClients,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { sentence } from '../../shared/sentence';
import {
  type ChangeCommands,
  changeKeys,
  type ChangeTally,
  emptyTally,
  type NodeEnd,
} from './changeKeys';
import { KeyLimit } from './KeyLimit';
import { RunReporter } from './RunReporter';

/** A failover takes some seconds: how often everything is gone through again when one got in the way. */
const PASSES = 4;
const WAIT_MS = 2_500;

/** What a run over all primaries came to. */
export interface KeyRunResult {
  readonly changed: number;
  readonly uncertain: number;
  /** The limit on keys ended it: there may be more. */
  readonly limited: boolean;
  readonly passes: number;
}

/**
 * Changes all keys that match, on every primary at once. A primary that fails
 * over, or slots that move, are gone through again; what the keys are changed to
 * must be the same however often it is done.
 *
 * @param options - `done`: a past participle for the log: "removed"
 * @throws ServiceUnavailableError when not all primaries could be gone through,
 * ConnectionDeniedError when the account may not, the signal's reason on cancel
 */
export async function runOverPrimaries(options: {
  connection: RedisConnection;
  context: RunbookRunContext<unknown>;
  match: string;
  commands: ChangeCommands;
  maxKeys: number;
  done: string;
}): Promise<KeyRunResult> {
  const { connection, context, done } = options;
  const { signal, log } = context;
  const tally = emptyTally();
  const limit = KeyLimit.create(options.maxKeys);
  const reporter = RunReporter.create({ context, tally, done });
  const whole = (passes: number, limited: boolean): KeyRunResult => ({
    changed: tally.changed,
    uncertain: tally.uncertain,
    limited,
    passes,
  });
  let why = '';
  let end: { limited: boolean } | undefined;
  try {
    for (let pass = 1; pass <= PASSES; pass += 1) {
      if (pass > 1) {
        log.warn(`${why} Going over all primaries again.`);
        await sleep(WAIT_MS, undefined, { signal }).catch(() => {
          throw signal.reason;
        });
      }
      const result = await onePass({
        ...options,
        limit,
        tally,
        reporter,
      });
      signal.throwIfAborted();
      if (result === 'limit' || result === 'complete') {
        end = { limited: result === 'limit' };
        return whole(pass, end.limited);
      }
      why = result.why;
    }
  } finally {
    await reporter.close(end);
  }
  throw new ServiceUnavailableError(
    `Not every primary of Redis ${
      connection.id
    } could be gone through: ${why} ${tally.changed.toLocaleString(
      'en',
    )} keys were ${done}. Look at the cluster's state, then make a new preview: it shows what is left.`,
  );
}

async function onePass(options: {
  connection: RedisConnection;
  context: RunbookRunContext<unknown>;
  match: string;
  commands: ChangeCommands;
  limit: KeyLimit;
  tally: ChangeTally;
  reporter: RunReporter;
}): Promise<'complete' | 'limit' | { why: string }> {
  const { connection, context, tally, reporter } = options;
  const movedBefore = tally.moved;
  try {
    return await connection.withRunbookClients(
      async clients => {
        await reporter.begin(clients.clients);
        const ends = await Promise.all(
          clients.clients.map(client =>
            changeKeys({
              node: {
                id: client.node.id,
                binaryCommand: (name, args) => client.binaryCommand(name, args),
                pipeline: commands => client.pipeline(commands),
              },
              match: options.match,
              commands: options.commands,
              tally,
              limit: options.limit,
              signal: context.signal,
              onScanned: keys => reporter.scanned(keys),
              onChanged: () => reporter.changed(),
            }),
          ),
        );
        if (ends.some(({ end }) => end === 'limit')) return 'limit';
        return judge({ ends, clients, moved: tally.moved > movedBefore });
      },
      { signal: context.signal },
    );
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ConnectionDeniedError) throw error;
    return { why: sentence(describeRedisError(error).reason) };
  }
}

async function judge(options: {
  ends: readonly NodeEnd[];
  clients: RedisRunbookClients;
  moved: boolean;
}): Promise<'complete' | { why: string }> {
  const { ends, clients, moved } = options;
  const broken = ends.findIndex(({ end }) => end === 'interrupted');
  if (broken >= 0) {
    const error = toError(ends[broken].error);
    if (error instanceof ConnectionDeniedError) throw error;
    const { id } = clients.clients[broken].node;
    return { why: `${id}: ${sentence(describeRedisError(error).reason)}` };
  }
  if (moved) return { why: 'Slots moved to another primary meanwhile.' };
  const now = await clients.currentTopology();
  return now.fingerprint === clients.topology.fingerprint
    ? 'complete'
    : { why: 'Another primary took over meanwhile.' };
}
