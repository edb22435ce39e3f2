import type { ChangeCommands } from './changeKeys';

/**
 * Gives each key a time to live of its own within the window, never a longer one
 * than it has: PEXPIRE with LT, from Redis 7.0, where a key without time to live
 * counts as one that lives for ever.
 */
export function expireCommands(options: {
  windowMs: number;
  /** 0 to 1, as Math.random. */
  random: () => number;
}): ChangeCommands {
  const { windowMs, random } = options;
  return keys =>
    keys.map(key => ({
      name: 'PEXPIRE',
      args: [key, Math.max(1, Math.ceil(random() * windowMs)), 'LT'],
      keys: 1,
    }));
}
