import { InputError } from '@backstage/errors';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { literalPrefix } from './keys/keyPattern';

const MAX_PATTERN_LENGTH = 512;
const MAX_KEYS = 20_000_000;
const DEFAULT_MAX_KEYS = 1_000_000;

/** The system in the target of every Redis action. */
export const REDIS_SYSTEM = 'redis';

const pattern = () => z.string().min(1).max(MAX_PATTERN_LENGTH);

/** The parameters that name keys. */
export const keysShape = {
  connection: z
    .string()
    .min(1)
    .max(255)
    .meta({ title: 'Cache', description: 'Connection id of the cache' }),
  pattern: pattern().meta({
    title: 'Key pattern',
    description:
      'As in Redis: * for any text, ? for one character, [ab] for one of them, \\ before a character that is meant itself',
  }),
};

/** The parameters of what changes many keys. */
export const changeKeysShape = {
  ...keysShape,
  confirmPattern: pattern().optional().meta({
    title: 'Key pattern again',
    description:
      'Needed when the pattern begins with a wildcard, so that it can meet any key',
  }),
  maxKeys: z
    .number()
    .int()
    .min(1)
    .max(MAX_KEYS)
    .default(DEFAULT_MAX_KEYS)
    .meta({
      title: 'At most',
      description: 'Keys that are changed; the rest is left and told',
    }),
};

/** Keys as the target of a run. */
export function keysTarget(input: {
  connection: string;
  pattern: string;
}): RunTarget {
  return {
    system: REDIS_SYSTEM,
    connection: input.connection,
    kind: 'cache',
    name: input.pattern,
  };
}

/** Shared by all actions that change keys: no two work on one cache at the same time. */
export function keysLockKeys({ connection }: { connection: string }): string[] {
  return [`redis/${connection}/keys`];
}

/**
 * A pattern that begins with a wildcard can meet any key: it must be typed again.
 *
 * @throws InputError when it was not, or differently
 */
export function requireConfirmed(input: {
  pattern: string;
  confirmPattern?: string;
}): void {
  const { pattern: told, confirmPattern } = input;
  if (confirmPattern !== undefined && confirmPattern !== told) {
    throw new InputError(
      `confirmPattern is '${confirmPattern}', and pattern is '${told}'. Type the same pattern in both.`,
    );
  }
  if (confirmPattern === undefined && literalPrefix(told) === '') {
    throw new InputError(
      `confirmPattern: '${told}' begins with a wildcard and can meet any key of the cache. Type the pattern again to say that this is meant, or begin it with the keys' prefix.`,
    );
  }
}
