import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeTrinoError,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { sentence } from '../shared/sentence';

/**
 * Whether a cluster answers, and whether its user has a right there.
 *
 * @param capability - a capability that must be there, besides answering
 */
export async function preflightTrino(options: {
  connections: TrinoConnections;
  target: RunTarget;
  capability?: string;
}): Promise<Allowance> {
  const { connections, target, capability } = options;
  try {
    const probed = await connections.get(target.connection).capabilities();
    if (probed.starting) {
      return {
        allowed: false,
        reason: `Trino ${target.connection} is starting.`,
        remedy: 'Try again when it has started.',
      };
    }
    const needed = probed.capabilities.find(({ id }) => id === capability);
    if (!needed || needed.available) return { allowed: true };
    return {
      allowed: false,
      reason: `Lakehouse Ops can't do this on Trino ${
        target.connection
      }: ${sentence(needed.reason ?? 'the right is missing')}`,
      remedy: needed.remedy && sentence(needed.remedy),
    };
  } catch (error) {
    const { reason, remedy } = describeTrinoError(error);
    return {
      allowed: false,
      reason: `Trino ${target.connection} can't be asked: ${sentence(reason)}`,
      remedy: sentence(remedy),
    };
  }
}
