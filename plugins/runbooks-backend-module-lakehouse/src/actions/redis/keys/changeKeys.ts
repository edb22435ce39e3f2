import type { RedisCommand } from '@lakehouse-ops/plugin-lakehouse-node';
import type { KeyNode, RedisKey } from './KeyNode';
import type { KeyLimit } from './KeyLimit';
import { walkKeys, type WalkEnd } from './walkKeys';

/** Keys that are changed in one go: more would keep the server from others for too long. */
const KEYS_A_BATCH = 128;

/** What became of the keys of one primary. */
export interface ChangeTally {
  changed: number;
  /** Keys that were gone, or as wanted already, when their turn came. */
  untouched: number;
  /** Keys that another node has now. */
  moved: number;
  /** Keys that were sent and not answered: changed or not. */
  uncertain: number;
}

/** How the work on one primary ended. */
export interface NodeEnd {
  readonly end: WalkEnd | 'limit' | 'interrupted';
  /** Why it was interrupted. */
  readonly error?: Error;
}

/** Turns keys into commands. A command whose answer is a number tells so many of its keys as changed. */
export type ChangeCommands = (
  keys: readonly RedisKey[],
) => ReadonlyArray<RedisCommand & { readonly keys: number }>;

/** No key was changed yet. */
export function emptyTally(): ChangeTally {
  return { changed: 0, untouched: 0, moved: 0, uncertain: 0 };
}

/**
 * Changes all keys of a primary that match, at a pace that its other clients
 * hardly feel. Whatever happens, the tally is true: it is written as answers come.
 */
export async function changeKeys(options: {
  node: KeyNode;
  match: string;
  commands: ChangeCommands;
  tally: ChangeTally;
  limit: KeyLimit;
  signal: AbortSignal;
  onScanned?: (keys: number) => void;
  onChanged?: () => void;
}): Promise<NodeEnd> {
  const { node, commands, tally, limit, signal } = options;
  let limited = false;
  let refusal: Error | undefined;
  /** @returns how many were changed, or may have been */
  const changeBatch = async (keys: readonly RedisKey[]): Promise<number> => {
    let used = 0;
    const batch = commands(keys);
    const outcomes = await node.pipeline(batch);
    for (const [index, outcome] of outcomes.entries()) {
      const { keys: size } = batch[index];
      if (outcome.outcome === 'done') {
        const changed = Math.min(size, Number(outcome.reply) || 0);
        tally.changed += changed;
        used += changed;
        tally.untouched += size - changed;
      } else if (outcome.outcome === 'unknown') {
        tally.uncertain += size;
        used += size;
        refusal = outcome.error;
      } else if (isElsewhere(outcome.error)) {
        tally.moved += size;
      } else {
        refusal ??= outcome.error;
      }
    }
    options.onChanged?.();
    return used;
  };
  try {
    const end = await walkKeys({
      node,
      match: options.match,
      signal,
      onScanned: options.onScanned,
      work: async keys => {
        for (let at = 0; at < keys.length; ) {
          if (signal.aborted) return true;
          const room = await limit.take(
            Math.min(KEYS_A_BATCH, keys.length - at),
          );
          limited = room === 0;
          if (limited) return false;
          let used = room;
          try {
            used = await changeBatch(keys.slice(at, at + room));
          } finally {
            limit.settle(room, used);
          }
          if (refusal) return false;
          at += room;
        }
        return true;
      },
    });
    if (refusal) return { end: 'interrupted', error: refusal };
    return { end: limited ? 'limit' : end };
  } catch (error) {
    if (error instanceof Error) return { end: 'interrupted', error };
    throw error;
  }
}

/** A slot went to another node, or is on its way there. */
function isElsewhere(error: Error): boolean {
  return (
    'state' in error &&
    ['MOVED', 'ASK', 'TRYAGAIN'].includes(String(error.state))
  );
}
