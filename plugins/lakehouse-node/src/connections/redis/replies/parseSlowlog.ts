import type { RedisSlowCommand } from '../RedisConnection';
import type { RedisReply } from '../RedisReply';
import { firstKeyOf } from './firstKeyOf';
import { countOf, itemsOf, textOf } from './replyFields';

/** A name in the slowlog is whatever a client sent. */
const COMMAND = /^[A-Z][A-Z0-9._-]{0,63}$/;
const MAX_KEY_LENGTH = 512;

/**
 * Reads SLOWLOG GET: entries of id, Unix time, microseconds, arguments, and from Redis
 * 4.0 the client's address and name. Of the arguments only the command and its key are
 * taken.
 */
export function parseSlowlog(reply: RedisReply): RedisSlowCommand[] {
  return itemsOf(reply).flatMap(entry => {
    const [id, at, duration, args, client] = itemsOf(entry);
    const atSeconds = countOf(at);
    const durationUs = countOf(duration);
    const entryId = countOf(id);
    const words = itemsOf(args).map(word => textOf(word) ?? '');
    if (
      entryId === undefined ||
      atSeconds === undefined ||
      durationUs === undefined ||
      !words.length
    ) {
      return [];
    }
    const command = words[0].toUpperCase();
    return [
      {
        id: entryId,
        at: new Date(atSeconds * 1000).toISOString(),
        durationUs,
        command: COMMAND.test(command) ? command : 'UNKNOWN',
        key: firstKeyOf(words)?.slice(0, MAX_KEY_LENGTH),
        client: textOf(client) || undefined,
      },
    ];
  });
}
