import {
  type ConnectionErrorDescription,
  describeConnectionError,
  type SystemConnection,
  type SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { sentence } from './sentence';

/**
 * Whether a system answers, and whether its account has the rights there.
 *
 * @param options - `capabilities`: which must be there; `system`: its name, as people write it
 */
export async function preflightSystem(options: {
  system: string;
  connections: SystemConnections<SystemConnection>;
  target: RunTarget;
  capabilities: readonly string[];
  describe?: (error: unknown) => ConnectionErrorDescription;
}): Promise<Allowance> {
  const { system, target, capabilities } = options;
  const describe = options.describe ?? describeConnectionError;
  try {
    const connection = options.connections.get(target.connection);
    const probed = await connection.capabilities();
    const missing = probed.capabilities.find(
      ({ id, available }) => capabilities.includes(id) && !available,
    );
    if (!missing) return { allowed: true };
    return {
      allowed: false,
      reason: `Lakehouse Ops can't do this on ${system} ${
        target.connection
      }: ${sentence(missing.reason ?? 'the right is missing')}`,
      remedy: missing.remedy && sentence(missing.remedy),
    };
  } catch (error) {
    const { reason, remedy } = describe(error);
    return {
      allowed: false,
      reason: `${system} ${target.connection} can't be asked: ${sentence(
        reason,
      )}`,
      remedy: sentence(remedy),
    };
  }
}
