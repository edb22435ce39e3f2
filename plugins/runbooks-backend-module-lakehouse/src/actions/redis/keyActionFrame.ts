import {
  describeRedisError,
  type RedisConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { preflightSystem } from '../shared/preflightSystem';
import { keysLockKeys, keysTarget, requireConfirmed } from './keyInput';
import { countKeys } from './keys/countKeys';
import { inspectKeys } from './keys/inspectKeys';

const SAMPLES = 20;

interface ChangeInput {
  readonly connection: string;
  readonly pattern: string;
  readonly confirmPattern?: string;
  readonly maxKeys: number;
}

/** What all actions share that change the keys of a pattern. */
export function keyActionFrame(options: {
  connections: RedisConnections;
  /** What the account must be permitted besides scanning. */
  capability: string;
}) {
  const { connections, capability } = options;
  const count = (input: ChangeInput, signal: AbortSignal) =>
    countKeys({
      connection: connections.get(input.connection),
      match: input.pattern,
      stopAbove: input.maxKeys,
      signal,
    });
  return {
    /** Counts, as far as the limit on keys goes. */
    count,

    /**
     * Counts and looks at some, for a preview.
     *
     * @throws InputError when a pattern that can meet any key was not typed again
     */
    async look(input: ChangeInput, signal: AbortSignal) {
      requireConfirmed(input);
      const counted = await count(input, signal);
      const facts = await inspectKeys(
        connections.get(input.connection),
        counted.samples.slice(0, SAMPLES),
      );
      const withinLimit = counted.keys <= input.maxKeys;
      return {
        count: counted,
        facts,
        withinLimit,
        fingerprint: { topology: counted.topology, withinLimit },
      };
    },

    hooks: {
      timeout: { hours: 1 },
      target: keysTarget,
      lockKeys: keysLockKeys,
      preflight: ({ target }: { target: RunTarget }) =>
        preflightSystem({
          system: 'Redis',
          connections,
          target,
          capabilities: ['keys.scan', capability],
          describe: describeRedisError,
        }),
    },
  };
}
