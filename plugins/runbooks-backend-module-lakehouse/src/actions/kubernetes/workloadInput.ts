import {
  isWorkloadKind,
  type KubernetesWorkloadRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { KUBERNETES_SYSTEM } from './actionContext';

const MAX_NAME_LENGTH = 253;

/** Parameters that name a workload; its kind stands in the schema of each action. */
export const workloadShape = {
  connection: z.string().min(1).max(MAX_NAME_LENGTH).meta({
    title: 'Kubernetes',
    description: 'Connection id of the Kubernetes cluster',
  }),
  namespace: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Namespace', description: 'Namespace of the workload' }),
  name: z
    .string()
    .min(1)
    .max(MAX_NAME_LENGTH)
    .meta({ title: 'Name', description: 'Name of the workload' }),
};

export interface WorkloadInput extends KubernetesWorkloadRef {
  readonly connection: string;
}

export function workloadTarget(input: WorkloadInput): RunTarget {
  return {
    system: KUBERNETES_SYSTEM,
    connection: input.connection,
    kind: 'workload',
    name: `${input.namespace}/${input.kind}/${input.name}`,
  };
}

/** A restart and a scaling of one workload never run at the same time. */
export function workloadLockKeys(input: WorkloadInput): string[] {
  return [
    `kubernetes/${input.connection}/workload/${workloadTarget(input).name}`,
  ];
}

export function refOf({
  namespace,
  kind,
  name,
}: WorkloadInput): KubernetesWorkloadRef {
  return { namespace, kind, name };
}

/** The workload that a target names. */
export function refOfTarget({
  name: text,
}: RunTarget): KubernetesWorkloadRef | undefined {
  const [namespace, kind, name] = text.split('/');
  return namespace && kind && name && isWorkloadKind(kind)
    ? { namespace, kind, name }
    : undefined;
}
