import type { KubernetesRight } from './KubernetesRequest';

/** `patch deployments.apps in namespace lakehouse` */
export function describeRight(right: KubernetesRight): string {
  const { verb, group, resource, namespace } = right;
  return `${verb} ${resource}${group ? ` (${group})` : ''}${
    namespace ? ` in namespace ${namespace}` : ''
  }`;
}

/** The RBAC rule that grants a right, as it stands in a Role. */
export function ruleFor({ verb, group, resource }: KubernetesRight): string {
  return `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verb}"] }`;
}

/** What to do so that a right is there, in one clause. */
export function grantRemedy(right: KubernetesRight): string {
  const where = right.namespace
    ? `a Role in namespace ${right.namespace}, bound to the connection's user by a RoleBinding`
    : `a ClusterRole, bound to the connection's user by a ClusterRoleBinding`;
  return `add the rule ${ruleFor(right)} to ${where}`;
}
