import {
  describeTrinoError,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { preflightSystem } from '../shared/preflightSystem';

/**
 * Whether a cluster answers, and whether its user has a right there.
 *
 * @param options - `capability`: one that must be there, besides answering
 */
export async function preflightTrino(options: {
  connections: TrinoConnections;
  target: RunTarget;
  capability?: string;
}): Promise<Allowance> {
  const { connections, target, capability } = options;
  return preflightSystem({
    system: 'Trino',
    connections,
    target,
    capabilities: capability === undefined ? [] : [capability],
    describe: describeTrinoError,
  });
}
