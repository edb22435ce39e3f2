import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  type ConnectionErrorDescription,
  describeConnectionError,
  type SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { sentence } from './sentence';

interface ProbedConnection {
  capabilities(): Promise<{
    readonly capabilities: readonly Capability[];
    /** It answers, but does no work yet. */
    readonly starting?: boolean;
  }>;
}

/**
 * Whether a system answers, and whether its account has the rights there.
 *
 * @param options - `capabilities`: which must be there; `system`: its name, as people write it
 */
export async function preflightSystem(options: {
  system: string;
  connections: Pick<SystemConnections<ProbedConnection>, 'get'>;
  target: RunTarget;
  capabilities: readonly string[];
  describe?: (error: unknown) => ConnectionErrorDescription;
}): Promise<Allowance> {
  const { system, target, capabilities } = options;
  const describe = options.describe ?? describeConnectionError;
  const name = `${system} ${target.connection}`;
  try {
    const connection = options.connections.get(target.connection);
    const probed = await connection.capabilities();
    if (probed.starting) {
      return {
        allowed: false,
        reason: `${name} is starting.`,
        remedy: 'Try again when it has started.',
      };
    }
    const missing = probed.capabilities.find(
      ({ id, available }) => capabilities.includes(id) && !available,
    );
    if (!missing) return { allowed: true };
    return {
      allowed: false,
      reason: `Lakehouse Ops can't do this on ${name}: ${sentence(
        missing.reason ?? 'the right is missing',
      )}`,
      remedy: missing.remedy && sentence(missing.remedy),
    };
  } catch (error) {
    const { reason, remedy } = describe(error);
    return {
      allowed: false,
      reason: `${name} can't be asked: ${sentence(reason)}`,
      remedy: sentence(remedy),
    };
  }
}
