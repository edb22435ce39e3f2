import { RedisError } from '../protocol/RespReply';
import { readInteger } from './readInteger';

const UNITS: Readonly<Record<string, { unitMs: number; absolute: boolean }>> = {
  ex: { unitMs: 1000, absolute: false },
  px: { unitMs: 1, absolute: false },
  exat: { unitMs: 1000, absolute: true },
  pxat: { unitMs: 1, absolute: true },
};

/** Reads what follows key and value of SET. */
export function setOptions(words: readonly string[], nowMs: number) {
  const flags = new Set<string>();
  let expiresAtMs: number | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index].toLowerCase();
    if (Object.hasOwn(UNITS, word) && index + 1 < words.length) {
      const { unitMs, absolute } = UNITS[word];
      index += 1;
      const amount = readInteger(words[index]);
      if (amount <= 0) {
        throw new RedisError("ERR invalid expire time in 'set' command");
      }
      if (expiresAtMs !== undefined) throw new RedisError('ERR syntax error');
      expiresAtMs = amount * unitMs + (absolute ? 0 : nowMs);
    } else if (['nx', 'xx', 'get', 'keepttl'].includes(word)) flags.add(word);
    else throw new RedisError('ERR syntax error');
  }
  const keepTtl = flags.has('keepttl');
  if (
    (flags.has('nx') && flags.has('xx')) ||
    (keepTtl && expiresAtMs !== undefined)
  ) {
    throw new RedisError('ERR syntax error');
  }
  return {
    expiresAtMs,
    keepTtl,
    nx: flags.has('nx'),
    xx: flags.has('xx'),
    get: flags.has('get'),
  };
}
