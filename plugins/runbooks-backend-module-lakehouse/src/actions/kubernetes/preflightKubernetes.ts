import {
  describeConnectionError,
  type KubernetesConnection,
  RESOURCE_OF_KIND,
  type SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { refOfTarget } from './workloadInput';

/**
 * Whether an API server answers, and whether its user has the rights there.
 *
 * @param options - `subresource`: what is patched, when it is not the workload itself
 */
export async function preflightKubernetes(options: {
  connections: SystemConnections<KubernetesConnection>;
  target: RunTarget;
  subresource?: 'scale';
}): Promise<Allowance> {
  const { connections, target, subresource } = options;
  const ref = refOfTarget(target);
  if (!ref) {
    return {
      allowed: false,
      reason: `'${target.name}' names no workload.`,
      remedy: 'Write <namespace>/<kind>/<name>.',
    };
  }
  try {
    const connection = connections.get(target.connection);
    const { capabilities } = await connection.capabilities();
    const resource = RESOURCE_OF_KIND[ref.kind];
    const needed = [
      `${resource}.get`,
      `${resource}${subresource ? `/${subresource}` : ''}.patch`,
      'pods.list',
    ].map(right => `${ref.namespace}/${right}`);
    for (const id of needed) {
      const found = capabilities.find(one => one.id === id);
      if (!found) return notInConfig(target, subresource);
      if (!found.available) {
        return {
          allowed: false,
          reason: `Lakehouse Ops can't do this on Kubernetes ${
            target.connection
          }: ${sentence(found.reason ?? 'the right is missing')}`,
          remedy: found.remedy && sentence(found.remedy),
        };
      }
    }
    return { allowed: true };
  } catch (error) {
    const { reason, remedy } = describeConnectionError(error);
    return {
      allowed: false,
      reason: `Kubernetes ${target.connection} can't be asked: ${sentence(
        reason,
      )}`,
      remedy: sentence(remedy),
    };
  }
}

/** Rights are probed for what the config names. */
function notInConfig(target: RunTarget, subresource: string | undefined) {
  return {
    allowed: false as const,
    reason: `${
      target.name
    } is not among the workloads of Kubernetes connection '${
      target.connection
    }' that may be ${subresource === 'scale' ? 'scaled' : 'acted on'}.`,
    remedy: `Name it under lakehouse.kubernetes.connections[].workloads${
      subresource === 'scale' ? ', with scale: { min, max }' : ''
    }.`,
  };
}

function sentence(clause: string): string {
  const begun = clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
